"""Somebody wrote, and the platform kept back what: what helps without reading first, and after a third try a case.

Zalo's Bot Platform hands over nothing that accounts of children, of disabled people and of people who cannot read
write; a file that somebody else sends looks the same. So nothing is claimed: whoever tries again and again is
somebody a person should look for, as with a recording that nobody has heard yet.
"""

from datetime import timedelta

from bot.domain.cases import EntryKind
from bot.domain.dialogue import keeping
from bot.domain.dialogue.listening.danger import to_call
from bot.domain.dialogue.scene import Scene
from bot.domain.effects import AddWords, TellOfficer
from bot.domain.kinds import Kind, Urgency, higher
from bot.domain.messages import Line
from bot.domain.replacing import replace
from bot.domain.understanding import Assessment, Reason

TRIES = 3
"""With the ways that work told twice by then, whoever tries a third time may not be able to read them."""
TOGETHER = timedelta(seconds=10)
"""Several in one go are one try; only the first is answered."""
FORGOTTEN = timedelta(hours=24)
REASON = Reason("reason.withheld", "")
EVENT = "event.withheld"


def unseen(scene: Scene) -> Scene:
    """Always answered, kindly and short; the case that it belongs to, if there is one, learns of it."""
    talk, now = scene.talk, scene.now
    last = talk.withheld_at
    tries = talk.withheld if last is not None and now - last < FORGOTTEN else 0
    if tries and last is not None and now - last < TOGETHER:
        return scene.talking(replace(talk, withheld_at=now))
    tries += 1
    scene = scene.talking(replace(talk, withheld=tries, withheld_at=now))
    if scene.is_open or (talk.report is None and scene.has_case):
        scene = scene.says(*_ways(scene))
        return scene.plus(TellOfficer(scene.case, "withheld")) if tries == 1 else scene
    if tries < TRIES:
        return scene.says(*_ways(scene))
    return _opened(scene.says(*_ways(scene), Line("opened.unseen")))


def _ways(scene: Scene) -> tuple[Line, ...]:
    """First the one that needs no reading, no picture and no Zalo."""
    lines = [Line("danger.unseen"), to_call(("111",), scene.facts.numbers)]
    if scene.facts.oa:
        lines.append(Line("unseen.oa", {"link": scene.facts.oa}))
    if scene.facts.web:
        lines.append(Line("unseen.web", {"web": scene.facts.web}))
    return tuple(lines)


def _opened(scene: Scene) -> Scene:
    """What is known is kept as it is: nobody has read it, so it is as urgent as a voice that nobody has heard."""
    report = scene.report
    known = report.assessment
    judged = Assessment(Kind.UNKNOWN, Urgency.URGENT, reasons=(REASON,))
    if known is not None and known.urgency is not Urgency.NONE:
        judged = replace(
            known,
            urgency=higher(known.urgency, Urgency.URGENT),
            likeliest=(),
            reasons=(*known.reasons, REASON),
        )
    kind = report.kind or judged.kind
    scene = keeping.open_case(scene.reporting(replace(report, assessment=judged, kind=kind)), aloud=False)
    return scene.plus(AddWords(scene.case, "", EntryKind.EVENT, EVENT))
