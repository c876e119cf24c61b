#!/usr/bin/python3
"""A window with nothing but a WebKit view, for WebKitWebDriver: run by the system's Python.

WIDTH and HEIGHT in the environment are its size in CSS pixels, STORAGE the folder of what its sites
keep: without one it remembers nothing. MiniBrowser, which comes with WebKitGTK, is at least 447 px
wide and has bars of its own.
"""

import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

NAME = "maitred"


def main() -> None:
    """Show the window until the driver ends it."""
    context = context_in(os.environ.get("STORAGE"))
    context.set_automation_allowed(True)
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    context.connect("automation-started", lambda _, session: introduce(session, view))
    window = Gtk.Window()
    window.set_decorated(False)
    window.set_default_size(int(os.environ["WIDTH"]), int(os.environ["HEIGHT"]))
    window.connect("destroy", Gtk.main_quit)
    window.add(view)
    window.show_all()
    view.load_uri("about:blank")
    Gtk.main()


def context_in(folder: str | None) -> WebKit2.WebContext:
    """What its sites keep there."""
    if folder is None:
        return WebKit2.WebContext.new_ephemeral()
    kept = WebKit2.WebsiteDataManager(base_data_directory=folder, base_cache_directory=folder)
    return WebKit2.WebContext.new_with_website_data_manager(kept)


def introduce(session: WebKit2.AutomationSession, view: WebKit2.WebView) -> None:
    """Tell the driver who this is, and which view it drives."""
    about = WebKit2.ApplicationInfo()
    about.set_name(NAME)
    about.set_version(1, 0, 0)
    session.set_application_info(about)
    session.connect("create-web-view", lambda _: view)


if __name__ == "__main__":
    main()
