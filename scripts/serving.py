"""`scripts/serve`: the command line, and one sentence for every expected failure."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import shlex
import signal
import sys
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import asyncpg
from msgspec.structs import replace

from api import setup
from api.settings import Settings, SettingsError, from_environment, office_of, seal_of
from scripts import app_server, check, demo, embedded, house_file, lan, screens
from scripts.code_version import code_version
from scripts.kernel_cache import compile_kernels
from scripts.setup_venv import ROOT
from seating.access.audit import LOG as SECURITY_LOG
from seating.backups.command import add_commands
from seating.backups.command import run as run_command
from seating.backups.programs import BackupError
from seating.backups.updating import Keeping, keeping_of
from seating.connecting import NoConnectionError, connect
from seating.errors import MaitredError
from seating.fitness import UnfitDatabaseError
from seating.migrate import MigrationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# In the data folder: the key that stored secrets and PINs are kept with.
KEYS = "secrets.key"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
FASTEST_RATE = 600
NO_MAILS = "to nobody (MAITRED_SMTP_URL names a mail server)"
NO_LINKS = "to nobody: MAITRED_PUBLIC_URL is not set, and they lead to the guest's page"
PUBLIC_URL_MISSING = (
    "links for guests lead to this machine; MAITRED_PUBLIC_URL=https://... names the address that"
    " guests reach it by"
)
# A living room: something moves every few seconds for whoever opens the page.
DEMO_RATE = 60.0
LIVELY = (
    "open {}: the room goes on {:g} times as fast as a real one, and this machine's browser is"
    " paired by one tap (--rate 1: in real time)"
)
DATA = ROOT / ".data"
# The demo moves its clock: it never shares a database with a house.
DEMO_DATA = DATA / "demo"
EXPECTED = (
    BackupError,
    app_server.ServeError,
    check.CheckError,
    demo.DemoError,
    embedded.EmbeddedError,
    house_file.HouseFileError,
    MaitredError,
    MigrationError,
    NoConnectionError,
    SettingsError,
    UnfitDatabaseError,
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; an expected failure prints a sentence and exits with 1."""
    # SIGHUP and SIGTERM stop everything the way Ctrl-C does, the database included.
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), interrupt)
    options = parse(arguments)
    try:
        options.command(options)
    except KeyboardInterrupt:
        print("\nstopped")
    except EXPECTED as error:
        sys.exit(str(error))
    except asyncpg.InsufficientResourcesError as error:
        sys.exit(f"The database lacks room or memory: {error}. Make room, then start again.")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/serve", description="Run Maitred.")
    parser.set_defaults(command=serve)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--lan",
        nargs="?",
        const="auto",
        metavar="ADDRESS",
        help="serve tablets in the house's network too, with a certificate of the house's own"
        " authority; its address in the network, if it has several",
    )
    parser.add_argument("--house", help="a name in seating/house/examples or a TOML file")
    parser.add_argument(
        "--data", type=Path, help="the database's folder: .data, or .data/demo for the demo"
    )
    parser.add_argument(
        "--no-demo", dest="demo", action="store_false", help="a house of your own, not the demo"
    )
    parser.add_argument("--venue", help="the id of a new house, or which one to serve")
    parser.add_argument("--zone", help="the time zone of a new house, such as Europe/Berlin")
    parser.add_argument(
        "--rate",
        type=demo_rate,
        default=DEMO_RATE,
        help="how fast the demo's clock runs in the evening: 1 is real time, 60 (a minute a second)"
        " is usual",
    )
    parser.add_argument(
        "--check",
        dest="command",
        action="store_const",
        const=check_all,
        help="start on a scratch database, use it as a guest would, stop",
    )
    parser.add_argument(
        "--no-backup",
        dest="backup",
        action="store_false",
        help="update a database in use without a backup before it",
    )
    commands = parser.add_subparsers(title="instead of serving")
    add_commands(commands)
    for name in ("backup", "restore", "back"):
        commands.choices[name].set_defaults(command=keep)
        add_data(commands.choices[name])
    add_owner_command(commands)
    add_client_command(commands)
    add_house_command(commands)
    return parser.parse_args(arguments)


def add_data(command: argparse.ArgumentParser) -> None:
    """Take --data behind a command too, where it is looked for first."""
    command.add_argument(
        "--data", type=Path, default=argparse.SUPPRESS, help="the database's folder: .data"
    )


def add_owner_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `owner`."""
    owner = commands.add_parser("owner", help="a new PIN and a pairing code for the owner")
    owner.set_defaults(command=let_owner_in)
    add_data(owner)
    owner.add_argument(
        "--venue", default=argparse.SUPPRESS, help="the house's id, where there are several"
    )
    owner.add_argument("--staff", help="which owner, where there are several")


def add_client_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `client`."""
    client = commands.add_parser("client", help="another secret for a client (a site, a till)")
    client.set_defaults(command=renew_secret)
    add_data(client)
    setup.add_client_arguments(client)


def add_house_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `house export`."""
    house = commands.add_parser("house", help="the house as a file").add_subparsers(required=True)
    export = house.add_parser("export", help="write the house in force as TOML")
    export.set_defaults(command=export_house)
    add_data(export)
    export.add_argument("file", type=Path, nargs="?", help="printed if left out")
    export.add_argument(
        "--venue", default=argparse.SUPPRESS, help="the house's id, where there are several"
    )
    export.add_argument("--force", action="store_true", help="overwrite FILE")


def demo_rate(word: str) -> float:
    """A positive number. Raises ArgumentTypeError."""
    try:
        rate = float(word)
    except ValueError:
        rate = 0.0
    if not 0 < rate <= FASTEST_RATE:
        raise argparse.ArgumentTypeError(f"{word} is no number above 0 and up to {FASTEST_RATE}")
    return rate


def serve(options: argparse.Namespace) -> None:
    """Serve until Ctrl-C."""
    if options.demo and options.host not in LOOPBACK:
        sys.exit("Demo logins are for this machine only: leave out --host or add --no-demo.")
    data, house = options.data or (DEMO_DATA if options.demo else DATA), options.house
    if (options.venue or options.zone) and (options.demo or house):
        sys.exit("--venue and --zone are of a new house: leave out --house, add --no-demo.")
    if options.demo:
        house = house or demo.HOUSE
    elif (data / demo.LOGINS).exists():
        sys.exit(
            f"{data} holds the demo: give your own house another folder with --data. Is a house of"
            f" yours in there too, from when both shared it, move {data / demo.LOGINS} away."
        )
    if house:  # its mistakes are told before anything is compiled or started
        demo.checked_text(house)
    if options.demo and options.lan:
        sys.exit("Demo logins are for this machine only: leave out --lan or add --no-demo.")
    keeping = keeping_in(data)
    check_settings(data)
    net = on_the_lan(options, data) if options.lan else None
    screens.keep_built(partial(print, flush=True))
    compile_kernels()
    with (
        app_server.listen(options.host, options.port) as listener,
        lan.listening(net) if net else nullcontext() as beside,
        database(data) as reached,
        demo.simulation_process() as simulation,
    ):
        served = app_server.ServeOptions(
            dsn=reached.service,
            owner=reached.owner,
            house=house,
            demo=options.demo,
            venue=options.venue,
            zone=options.zone,
            again=command_on(data),
            logins=data / demo.LOGINS if options.demo else None,
            keys=data / KEYS,
            keeping=replace(keeping, service=reached.service),
            back_up_first=options.backup,
            watched=reached.folder,
            history=True,
            beside=beside,
        )
        announcing = partial(announce, served, simulation, options.rate, net)
        app_server.run(served, listener, announcing)


def on_the_lan(options: argparse.Namespace, data: Path) -> lan.Lan:
    """Where tablets reach the house; links lead there unless a public address is named."""
    net = lan.lan_of(options.lan, options.port, data)
    os.environ.setdefault("MAITRED_PUBLIC_URL", net.stand)
    os.environ.setdefault("MAITRED_AUTHORITY", str(net.authority.resolve()))
    return net


async def announce(
    served: app_server.ServeOptions,
    simulation: demo.SimulationProcess,
    rate: float,
    net: lan.Lan | None,
    address: str,
    lines: list[str],
) -> bool:
    """Print address and logins; for a demo start the simulated evenings."""
    if served.logins:
        demo.write_environment(served.logins.with_suffix(".env"), address, served.logins)
    public = os.environ.get("MAITRED_PUBLIC_URL")
    if not served.demo and not public:
        lines = [*lines, PUBLIC_URL_MISSING]
    lines = [*lines, messages_to_guests(from_environment())]
    stand = f"{public or address}{setup.STAND}"
    if screens.has_page():
        lines = [line.replace(f" {setup.STAND}#", f" {stand}#") for line in lines]
    else:
        lines = [line for line in lines if f" {setup.STAND}#" not in line]
    if screens.has_page() and not any(stand in line for line in lines):
        lines = [*lines, f"the stand: {stand}"]
    if served.demo:
        # Its players log in and out all evening, and would push the PINs off the terminal.
        SECURITY_LOG.setLevel(logging.WARNING)
    if served.demo and screens.has_page():
        lines = [*lines, LIVELY.format(stand, rate)]
    lines += lan.told(net) if net else []
    print("\n".join([f"ready: {address}", *lines, "Ctrl-C stops it"]), flush=True)
    if served.logins and served.house:
        simulation.command = await demo.simulation_arguments(
            served.dsn, served.house, served.logins, rate
        )
        simulation.begin(address)
    return True


def messages_to_guests(settings: Settings) -> str:
    """Where mails and text messages to guests go."""
    office = office_of(settings)
    mails = f"by {office.mail.host}:{office.mail.port}" if office.mail else NO_MAILS
    if office.mail and not office.public:
        mails = NO_LINKS
    texts = f"texts by {office.provider}" if office.texts else "no texts"
    return f"messages to guests: mails {mails}, {texts}"


def check_all(options: argparse.Namespace) -> None:
    """Start on a scratch database, run the check, delete the database."""
    house = options.house or demo.HOUSE
    demo.checked_text(house)
    compile_kernels()
    with app_server.listen("127.0.0.1", 0) as listener, embedded.scratch() as server:
        served = app_server.ServeOptions(
            dsn=server.service, owner=server.owner, house=house, demo=True
        )
        app_server.run(served, listener, run_check)
    print("check passed")


async def run_check(address: str, lines: list[str]) -> bool:
    """Run the check beside the server."""
    await asyncio.to_thread(check.run, address, lines)
    return False


def let_owner_in(options: argparse.Namespace) -> None:
    """Print a new PIN and a pairing code for the owner; the service may be running."""
    data = options.data or DATA
    require_data(data)
    keys = data / KEYS
    pepper = setup.pepper_here(keys if keys.exists() else None)  # a new key would be no service's
    with database_in_use(data) as reached:
        by = "scripts/serve owner"
        dsn = reached.owner
        login = setup.fresh_login(dsn, options.venue, options.staff, by, pepper=pepper)
        lines = asyncio.run(login)
    print("\n".join(lines))


def renew_secret(options: argparse.Namespace) -> None:
    """Print a client's new secret; the service may be running."""
    data = options.data or DATA
    require_data(data)
    with database_in_use(data) as reached:
        lines = asyncio.run(setup.fresh_secret(reached.owner, options.client, options.hours))
    print("\n".join(lines))


def export_house(options: argparse.Namespace) -> None:
    """Write the house in force as TOML; the database may be running."""
    data = options.data or DATA
    require_data(data)
    with database_in_use(data) as reached:
        text = asyncio.run(house_file.exported(reached.owner, options.venue))
    if options.file is None:
        print(text, end="")
        return
    house_file.write(options.file, text, force=options.force)
    print(f"written: {options.file}")


def keep(options: argparse.Namespace) -> None:
    """Back up, restore or go back; only a backup is made while the database is in use."""
    data = options.data or DATA
    if options.action != "restore":
        require_data(data)
    shared = options.action == "backup" and not os.environ.get("DATABASE_URL")
    with database_in_use(data) if shared else database(data) as reached:
        keeping = replace(keeping_in(data), service=reached.service)
        lines = asyncio.run(run_command(reached.owner, options, keeping))
    print("\n".join(lines))


def keeping_in(data: Path) -> Keeping:
    """Backups lie with the data unless MAITRED_BACKUPS says where. Raises BackupError."""
    folder = data.resolve() / "backups"
    back = f"{command_on(data)} back"
    return keeping_of(
        os.environ,
        folder=folder,
        code=code_version(),
        back=back,
        key_file=data.resolve() / "secrets.key",
    )


def command_on(data: Path) -> str:
    """What to type for a command on this folder."""
    where = "" if data == DATA else f" --data {shlex.quote(str(data))}"
    return f"{app_server.SELF}{where}"


def check_settings(data: Path) -> None:
    """Raise SettingsError for a variable that the app could not read, before an update."""
    somewhere = os.environ.get("DATABASE_URL") or "postgresql:///"
    named = {"MAITRED_KEY_FILE": str(data / KEYS), **os.environ, "DATABASE_URL": somewhere}
    settings = from_environment(named)
    if settings.secrets_key:
        seal_of(settings)


def require_data(data: Path) -> None:
    """Exit with a sentence where nothing is: a folder mistyped is neither made nor backed up."""
    if not os.environ.get("DATABASE_URL") and not embedded.exists(data):
        sys.exit(f"There is no house in {data} yet: {command_on(data)} --no-demo opens one.")


class Reached(NamedTuple):
    """The DSNs of a database that runs: of its owner's role, and of the service's.

    `folder`: the data of the embedded server that we started.
    """

    owner: str
    service: str
    folder: Path | None = None


@contextmanager
def database_in_use(data: Path) -> Iterator[Reached]:
    """The database of the environment, or the embedded one, started if it does not run."""
    if os.environ.get("DATABASE_URL"):
        with database(data) as reached:
            yield reached
        return
    with embedded.running(data) as dsn:
        server = embedded.Server(folder=data, dsn=dsn, lock=-1)
        yield Reached(server.owner, server.service)


@contextmanager
def database(data: Path) -> Iterator[Reached]:
    """DATABASE_URL (MAITRED_OWNER_URL), or an embedded server that runs for the block."""
    if given := os.environ.get("DATABASE_URL"):
        owner = os.environ.get("MAITRED_OWNER_URL") or given
        asyncio.run(require_answer(owner))
        yield Reached(owner, given)
        return
    print(f"starting PostgreSQL on {data}", flush=True)
    server = embedded.start(data)
    try:
        yield Reached(server.owner, server.service, server.folder)
    finally:
        server.stop()


async def require_answer(dsn: str) -> None:
    """Raise NoConnectionError when DATABASE_URL cannot be opened.

    Whether the database is fit is asked by the migrations: a backup may be of a standby.
    """
    connection = await connect(dsn, {"application_name": "maitred serve"})
    await connection.close()


def interrupt(_number: int, _frame: object) -> NoReturn:
    """Treat the signal as Ctrl-C."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
