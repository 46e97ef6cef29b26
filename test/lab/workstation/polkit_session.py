#!/usr/bin/python3
"""A person's desktop session: runs a command, and answers polkit's prompts for that session meanwhile.

Usage: polkit_session.py FOLDER COMMAND [ARGUMENT…]
FOLDER/mode says what the person does when asked: "answer" (with the right password) or "dismiss".
FOLDER/log gets one line per prompt: "asked ACTION", then "answered", "refused" or "dismissed".
Ends with the command's code.
"""
import os
import subprocess
import sys
import threading

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

AGENT = "org.freedesktop.PolicyKit1.AuthenticationAgent"
AGENT_PATH = "/net/patchbay/lab/agent"
# The program that checks a password for an agent: its only argument is the user, the cookie comes first on
# standard input, then it speaks PAM in lines (polkit: src/polkitagent/polkitagenthelper-pam.c).
HELPERS = ["/usr/lib/polkit-1/polkit-agent-helper-1", "/usr/libexec/polkit-agent-helper-1"]


class Cancelled(dbus.DBusException):
    _dbus_error_name = "org.freedesktop.PolicyKit1.Error.Cancelled"


class Agent(dbus.service.Object):
    def __init__(self, bus, folder):
        super().__init__(bus, AGENT_PATH)
        self.folder = folder

    def log(self, line):
        with open(os.path.join(self.folder, "log"), "a", encoding="utf-8") as file:
            file.write(line + "\n")

    @dbus.service.method(AGENT, "sssa{ss}sa(sa{sv})", "", async_callbacks=("done", "failed"))
    def BeginAuthentication(self, action, message, icon, details, cookie, identities, done, failed):
        self.log(f"asked {action}")
        with open(os.path.join(self.folder, "mode"), encoding="utf-8") as file:
            if file.read().strip() == "dismiss":
                self.log("dismissed")
                failed(Cancelled("the person dismissed the prompt"))
                return
        uids = [int(data["uid"]) for kind, data in identities if kind == "unix-user"]
        # The prompts of one session are answered one after the other; the main loop goes on meanwhile.
        threading.Thread(target=self.answer, args=(uids, str(cookie), done), daemon=True).start()

    def answer(self, uids, cookie, done):
        # In the workstation's image every password is the user's name.
        user = "dev" if os.getuid() in uids else "root"
        helper = next(path for path in HELPERS if os.path.exists(path))
        with subprocess.Popen([helper, user], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            process.stdin.write(cookie + "\n")
            process.stdin.flush()
            success = False
            for line in process.stdout:
                if line.startswith("PAM_PROMPT_ECHO_OFF"):
                    process.stdin.write(user + "\n")
                    process.stdin.flush()
                success = success or line.startswith("SUCCESS")
        self.log("answered" if success else "refused")
        GLib.idle_add(done)

    @dbus.service.method(AGENT, "s", "")
    def CancelAuthentication(self, cookie):
        self.log("cancelled")


def main():
    folder, command = sys.argv[1], sys.argv[2:]
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.SystemBus()
    agent = Agent(bus, folder)
    authority = dbus.Interface(
        bus.get_object("org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority"),
        "org.freedesktop.PolicyKit1.Authority",
    )
    session = dbus.Dictionary({"session-id": os.environ["XDG_SESSION_ID"]}, signature="sv")
    authority.RegisterAuthenticationAgent(("unix-session", session), "C", AGENT_PATH)

    loop = GLib.MainLoop()
    child = subprocess.Popen(command)
    codes = []

    def wait():
        codes.append(child.wait())
        GLib.idle_add(loop.quit)

    threading.Thread(target=wait, daemon=True).start()
    loop.run()
    agent.remove_from_connection()
    # As a shell counts: 128 + the signal's number.
    sys.exit(codes[0] if codes[0] >= 0 else 128 - codes[0])


main()
