"""GET /tablet: how a new tablet gets in, a page a kind; and the house's authority, to be trusted.

Read before a tablet knows the house's certificate, so over plain http too; there is no secret here.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from litestar import Request, Response, get
from litestar.params import FromPath, QueryParameter

from api.edge.public_address import public_address
from api.guest.shell import page, panel, text
from api.http.access import OPEN
from api.http.dependencies import GivenSettings
from api.http.languages import language_asked
from api.http.parameters import ANY_QUERY
from policies.words.catalogue import Language, say
from policies.words.message import message
from seating.errors import NotFound

Kind = Literal["ipad", "android"]
Spoken = Literal["en", "ru"]
AskedLanguage = Annotated[Spoken | None, QueryParameter(description="The language of the page.")]
SHOWN: Final = OPEN | ANY_QUERY
AUTHORITY: Final = "/tablet/authority.crt"
OF_AN_AUTHORITY: Final = "application/x-x509-ca-cert"
STEPS: Final[dict[Kind, tuple[str, ...]]] = {
    "ipad": ("install", "trust", "open", "home"),
    "android": ("install", "open", "home"),
}
"""Each step of a kind has its sentence in the words: tablet-{kind}-{step}."""


@get("/tablet", opt=SHOWN, include_in_schema=False, sync_to_thread=False)
def kinds(request: Request[Any, Any, Any], language: AskedLanguage = None) -> Response[str]:
    """Which tablet it is."""
    spoken = spoken_by(request, language)
    links = [link(f"/tablet/{kind}?language={spoken}", f"tablet-{kind}", spoken) for kind in STEPS]
    body = [text(say(message("tablet-which"), spoken)), *links, other_language("/tablet", spoken)]
    return page(spoken, say(message("tablet-title"), spoken), body)


@get("/tablet/{kind:str}", opt=SHOWN, include_in_schema=False, sync_to_thread=False)
def steps(
    request: Request[Any, Any, Any],
    kind: FromPath[str],
    settings: GivenSettings,
    language: AskedLanguage = None,
) -> Response[str] | Response[bytes]:
    """The steps of a kind, in their order; or the authority's file."""
    if kind == "authority.crt":
        return authority(settings.authority)
    if kind not in STEPS:
        raise NotFound(message("route-unknown"))
    spoken = spoken_by(request, language)
    title = say(message(f"tablet-{kind}"), spoken)
    where = public_address(request)
    body = [*told(kind, where, spoken), other_language(f"/tablet/{kind}", spoken)]
    return page(spoken, title, body, about=say(message("tablet-title"), spoken))


def told(kind: str, where: str, language: Language) -> Iterator[str]:
    """Each step under its number, with what is to be tapped."""
    tapped = {
        "install": link(AUTHORITY, "tablet-authority", language),
        "open": f'<a class="link" href="{escape(where)}/stand/">{escape(where)}/stand/</a>',
    }
    for number, step in enumerate(STEPS[kind], 1):  # type: ignore[index]
        words = say(message(f"tablet-{kind}-{step}"), language)
        name = say(message("tablet-step", number=number), language)
        yield panel(name, text(words) + tapped.get(step, ""))
    yield text(say(message("tablet-afterwards"), language), "about")


def link(path: str, key: str, language: Language) -> str:
    """A link as large as a button."""
    return f'<a class="link plain" href="{escape(path)}">{escape(say(message(key), language))}</a>'


def other_language(path: str, spoken: Language) -> str:
    """The same page in the other language, named in that one."""
    other: Spoken = "en" if spoken == "ru" else "ru"
    name = escape(say(message("tablet-in-this-language"), other))
    return f'<p class="apart"><a href="{path}?language={other}" lang="{other}">{name}</a></p>'


def spoken_by(request: Request[Any, Any, Any], language: Spoken | None) -> Spoken:
    """The language that was chosen, else the browser's if it is one of the staff's."""
    if language is not None:
        return language
    return "ru" if language_asked(request.headers.get("accept-language")) == "ru" else "en"


def authority(file: str) -> Response[bytes]:
    """The certificate that a tablet is to trust; raises NotFound where there is none."""
    if not file or not Path(file).is_file():
        raise NotFound(message("tablet-no-authority"))
    return Response(Path(file).read_bytes(), media_type=OF_AN_AUTHORITY)
