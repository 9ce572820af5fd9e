"""What comes back from letters: answers to a quiz, who comes to an event, links that are opened."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.campaigns import preview
from bot.domain.campaigns.campaign import Event, Quiz
from bot.domain.campaigns.heard import buttons
from bot.domain.duty import LOCAL
from bot.domain.kinds import Urgency
from bot.domain.messages import Choice, Line
from bot.ports import UnitOfWork
from bot.services.outreach import events, kept, surfaces
from bot.services.outreach.kept import Kept
from bot.services.outreach.talking import Turn

FIRST_LANGUAGE = "vi"


def answer(turn: Turn, said: buttons.Answered | buttons.Comes | buttons.Called, typed: str = "") -> bool:
    """The answer's answer; a run that is not there (a typed number) is said to be none.

    False: what was `typed` may be a report that begins like a name; the conversation takes it.
    """
    found = kept.of_run(turn.uow, said.run)
    if found is None:
        return not isinstance(said, buttons.Called) and turn.says(Line("campaign.answer.no_run"))
    match said:
        case buttons.Answered():
            return _quiz(turn, found.content.quiz, said)
        case buttons.Comes():
            return _comes(turn, found, said)
        case buttons.Called():
            return _called(turn, found, said, typed)


def follow(uow: UnitOfWork, run_id: int, code: str, now: datetime) -> str | None:
    """The address behind a link of ours; counted by day, by whom is not written anywhere."""
    found = kept.of_run(uow, run_id)
    address = None if found is None else found.link(code)
    if address is not None:
        uow.replies.clicked(run_id, code, now.astimezone(LOCAL).date())
    return address


def _quiz(turn: Turn, quizzes: Sequence[Quiz], said: buttons.Answered) -> bool:
    lang = turn.state.lang
    if said.question >= len(quizzes) or said.answer >= len(quizzes[said.question].answers):
        return turn.says(Line("campaign.answer.no_run"))
    quiz = quizzes[said.question]
    known = turn.uow.subscribers.at(turn.person)
    first = known is None or turn.uow.replies.answered(said.run, quiz.code, said.answer, known.id)
    right = Line("campaign.quiz.right") if said.answer == quiz.right else _right_is(quiz, lang)
    lines = [right if first else Line("campaign.quiz.again"), _spoken(quiz.explanation, lang)]
    following = said.question + 1
    if following >= len(quizzes):
        return turn.says(*lines, Line("campaign.quiz.thanks"))
    asked = quizzes[following]
    lines += _question(turn, said.run, following, asked)
    return turn.says(*lines, choices=_answers(turn, said.run, following, asked))


def _right_is(quiz: Quiz, lang: str) -> Line:
    return Line("campaign.quiz.wrong", {"answer": _in(quiz.answers[quiz.right], lang)})


def _question(turn: Turn, run: int, number: int, quiz: Quiz) -> list[Line]:
    lines = [_spoken(quiz.question, turn.state.lang)]
    if not _presses(turn, quiz):
        answers = [_in(one, turn.state.lang) for one in quiz.answers]
        text = preview.numbered(run, number, answers, surfaces.say_in(turn.tools, turn.state.lang))
        lines.append(Line("campaign.said", {"text": text}))
    return lines


def _answers(turn: Turn, run: int, number: int, quiz: Quiz) -> list[Choice]:
    if not _presses(turn, quiz):
        return []
    return [
        Choice(_spoken(one, turn.state.lang), buttons.answer(run, number, at))
        for at, one in enumerate(quiz.answers)
    ]


def _presses(turn: Turn, quiz: Quiz) -> bool:
    traits = turn.tools.traits.get(turn.person.channel)
    return traits is None or traits.buttons >= len(quiz.answers)


def _comes(turn: Turn, found: Kept, said: buttons.Comes) -> bool:
    event, known = found.event, turn.subscriber
    if event is None:
        return turn.says(Line("campaign.answer.no_run"))
    if event.at <= turn.now:
        return turn.says(Line("campaign.event.over"))
    if known is None:
        yes = Choice(Line("campaign.button.subscribe"), buttons.YES)
        return turn.says(Line("campaign.subscribe.not_yet"), choices=(yes,))
    key = events.key(found.campaign, event)
    if not turn.uow.replies.comes(key, known.id, said.yes, event.seats, turn.now):
        return turn.says(Line("campaign.event.full", _event(event, turn.state.lang)))
    if not said.yes:
        return turn.says(Line("campaign.event.not_coming"))
    told = Line("campaign.event.coming", _event(event, turn.state.lang))
    return turn.says(told, *(() if known.unsafe else (Line("campaign.event.name", {"run": said.run}),)))


def _called(turn: Turn, found: Kept, said: buttons.Called, typed: str) -> bool:
    """The name for the list at the door; only from those who said that they come."""
    event, known = found.event, turn.subscriber
    if event is None or known is None or not _names(turn, said, typed):
        return False
    if not turn.uow.replies.named(events.key(found.campaign, event), known.id, said.name):
        return False
    return turn.says(Line("campaign.event.named") if said.name else Line("campaign.event.name_gone"))


def _names(turn: Turn, said: buttons.Called, typed: str) -> bool:
    """Whether it surely is one: "tên 12 tuổi bị bố đánh" begins alike, and somebody must read that."""
    if not said.name:
        return True
    heard = (typed, said.name) if said.name.islower() else (typed,)
    return buttons.reads_like_name(said.name) and all(
        turn.tools.assess(None, (one,)).urgency is Urgency.NONE for one in heard
    )


def _event(event: Event, lang: str) -> dict[str, str | int | Line]:
    return dict(events.told(event, lang).values)


def _spoken(by_lang: Mapping[str, str], lang: str) -> Line:
    """Words that the office wrote, as a line."""
    return Line("campaign.said", {"text": _in(by_lang, lang)})


def _in(by_lang: Mapping[str, str], lang: str) -> str:
    return by_lang.get(lang) or by_lang.get(FIRST_LANGUAGE, "")
