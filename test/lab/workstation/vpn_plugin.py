#!/usr/bin/python3
"""
A VPN plugin of NetworkManager without a VPN: it makes tun0 and says that it is connected, to a server 203.0.113.7
with a name server 10.8.0.53 and the network 10.8.0.0/16 (org.freedesktop.NetworkManager.VPN.Plugin).
"""
import socket
import struct
import subprocess

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = "org.freedesktop.NetworkManager.lab"
PLUGIN = "org.freedesktop.NetworkManager.VPN.Plugin"
STARTED, STOPPED = 4, 6


def address(text):
    """As NetworkManager takes it: a number whose bytes are in network order here."""
    return dbus.UInt32(struct.unpack("=I", socket.inet_aton(text))[0])


class Plugin(dbus.service.Object):
    @dbus.service.method(PLUGIN, in_signature="a{sa{sv}}", out_signature="s")
    def NeedSecrets(self, _settings):
        return ""

    @dbus.service.method(PLUGIN, in_signature="a{sa{sv}}a{sv}")
    def ConnectInteractive(self, _settings, _details):
        subprocess.run(["ip", "tuntap", "add", "dev", "tun0", "mode", "tun"], check=False)
        GLib.idle_add(self.connected)

    def connected(self):
        self.Config({"gateway": address("203.0.113.7"), "tundev": "tun0", "has-ip4": True})
        self.Ip4Config(
            {
                "address": address("10.8.0.2"),
                "prefix": dbus.UInt32(24),
                "never-default": True,
                "dns": dbus.Array([address("10.8.0.53")], signature="u"),
                "routes": dbus.Array(
                    [dbus.Array([address("10.8.0.0"), dbus.UInt32(16), address("0.0.0.0"), dbus.UInt32(0)], signature="u")],
                    signature="au",
                ),
            }
        )
        self.StateChanged(dbus.UInt32(STARTED))

    @dbus.service.method(PLUGIN)
    def Disconnect(self):
        subprocess.run(["ip", "link", "delete", "tun0"], check=False)
        self.StateChanged(dbus.UInt32(STOPPED))

    @dbus.service.signal(PLUGIN, signature="u")
    def StateChanged(self, state):
        pass

    @dbus.service.signal(PLUGIN, signature="a{sv}")
    def Config(self, config):
        pass

    @dbus.service.signal(PLUGIN, signature="a{sv}")
    def Ip4Config(self, config):
        pass


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SystemBus()
owned = dbus.service.BusName(NAME, bus)
plugin = Plugin(bus, "/org/freedesktop/NetworkManager/VPN/Plugin")
GLib.MainLoop().run()
