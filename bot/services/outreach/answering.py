"""What comes back from letters: answers to a quiz, who comes to an event, links that are opened."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.campaigns import preview
from bot.domain.campaigns.campaign import Campaign, Event, Quiz
from bot.domain.campaigns.heard import buttons
from bot.domain.duty import LOCAL
from bot.domain.messages import Choice, Line
from bot.ports import UnitOfWork
from bot.services.outreach import events, surfaces
from bot.services.outreach.talking import Turn

FIRST_LANGUAGE = "vi"


def answer(turn: Turn, said: buttons.Answered | buttons.Comes) -> bool:
    """The answer's answer; a run that is not there (a typed number) is said to be none."""
    campaign = _approved(turn.uow, said.run)
    if campaign is None:
        return turn.says(Line("campaign.answer.no_run"))
    match said:
        case buttons.Answered():
            return _quiz(turn, campaign, said)
        case buttons.Comes():
            return _comes(turn, campaign, said)


def follow(uow: UnitOfWork, run_id: int, code: str, now: datetime) -> str | None:
    """The address behind a link of ours; counted by day, by whom is not written anywhere."""
    campaign = _approved(uow, run_id)
    address = None if campaign is None else campaign.content.links.get(code)
    if address is not None:
        uow.replies.clicked(run_id, code, now.astimezone(LOCAL).date())
    return address


def _approved(uow: UnitOfWork, run_id: int) -> Campaign | None:
    """The campaign of a run; None while it is changed: what nobody has agreed to reaches nobody by an old letter."""
    run = uow.runs.get(run_id)
    campaign = None if run is None else uow.campaigns.get(run.campaign)
    return None if campaign is None or campaign.approver is None else campaign


def _quiz(turn: Turn, campaign: Campaign, said: buttons.Answered) -> bool:
    lang, quizzes = turn.state.lang, campaign.content.quiz
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


def _comes(turn: Turn, campaign: Campaign, said: buttons.Comes) -> bool:
    event = campaign.content.event
    known = turn.uow.subscribers.at(turn.person)
    if event is None:
        return turn.says(Line("campaign.answer.no_run"))
    if event.at <= turn.now:
        return turn.says(Line("campaign.event.over"))
    if known is None or known.stopped:
        yes = Choice(Line("campaign.button.subscribe"), buttons.YES)
        return turn.says(Line("campaign.subscribe.not_yet"), choices=(yes,))
    key = events.key(campaign, event)
    if not turn.uow.replies.comes(key, known.id, said.yes, event.seats, turn.now):
        return turn.says(Line("campaign.event.full", _event(event, turn.state.lang)))
    if not said.yes:
        return turn.says(Line("campaign.event.not_coming"))
    return turn.says(Line("campaign.event.coming", _event(event, turn.state.lang)))


def _event(event: Event, lang: str) -> dict[str, str | int | Line]:
    return dict(events.told(event, lang).values)


def _spoken(by_lang: Mapping[str, str], lang: str) -> Line:
    """Words that the office wrote, as a line."""
    return Line("campaign.said", {"text": _in(by_lang, lang)})


def _in(by_lang: Mapping[str, str], lang: str) -> str:
    return by_lang.get(lang) or by_lang.get(FIRST_LANGUAGE, "")
