#!/bin/busybox sh
# Process 1 of a guest of the lab. It asks for an address on every NIC, again whenever a NIC's carrier
# comes back, answers ping and HTTP (port 80), and reports on the serial line, which is a log file:
#   guest: MAC carrier | MAC no-carrier | MAC address ADDRESS/PREFIX
# /run/NIC.fixed holds an address to take instead of asking for one, /run/NIC.gateway a default route to have in any
# case; both are for its next carrier, and every one after it.
# With the word lab.patient on the kernel's command line a carrier has to be away for 3 s before the guest takes that as a
# loss, as NetworkManager and others do: a shorter one is no news to it.
# The QEMU guest agent runs where the start-up disk has it.
# A shell waits on the second serial line, so that the lab can run commands in it whatever its network.
/bin/busybox mkdir -p /proc /sys /dev /etc /run /www
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
exec >/dev/ttyS0 2>&1
for module in $(cat /modules/order); do insmod "/modules/$module"; done
ip link set lo up
echo "guest of Patchbay's lab" >/www/index.html
httpd -h /www
exec 3<>/dev/ttyS1
stty raw -echo <&3
while read -r line; do eval "$line"; done <&3 >&3 2>&1 &
if [ -e /agent ]; then
  # Its port comes a moment after the driver.
  for try in $(seq 50); do
    for port in /dev/vport*; do [ -c "$port" ] && break 2; done
    sleep 0.1
  done
  /agent/ld.so --library-path /agent /agent/qemu-ga -m virtio-serial -p "$port" -t /run -f /run/agent.pid &
fi
patient=
grep -qw lab.patient /proc/cmdline && patient=yes
# Seconds since the start, without the fraction.
uptime() { read -r up _ </proc/uptime; echo "${up%.*}"; }
echo "guest: ready"

while :; do
  for path in /sys/class/net/eth*; do
    nic=${path##*/}
    [ -e "$path" ] || continue
    # A NIC that was unplugged and another one plugged in between two looks have the same name.
    index=
    [ -e "/run/$nic.index" ] && read -r index <"/run/$nic.index"
    read -r now <"$path/ifindex"
    if [ "$now" != "$index" ]; then
      ip link set "$nic" up
      echo "$now" >"/run/$nic.index"
      echo new >"/run/$nic"
    fi
    read -r carrier <"$path/carrier"
    # The count shows a carrier that was away only between two looks.
    read -r losses <"$path/carrier_down_count"
    if [ "$patient" ]; then
      losses=-
      if [ "$carrier" = 1 ]; then
        rm -f "/run/$nic.away"
      else
        [ -e "/run/$nic.away" ] || uptime >"/run/$nic.away"
        # Whole seconds: 4 are 3 for sure.
        [ $(($(uptime) - $(cat "/run/$nic.away"))) -ge 4 ] || continue
      fi
    fi
    read -r before <"/run/$nic"
    [ "$carrier $losses" = "$before" ] && continue
    echo "$carrier $losses" >"/run/$nic"
    read -r mac <"$path/address"
    if [ -e "/run/$nic.pid" ]; then
      echo "guest: $mac no-carrier"
      pid=$(cat "/run/$nic.pid")
      kill "$pid"
      # It may still be at its script, whose changes come too late from now on.
      wait "$pid"
      rm "/run/$nic.pid"
      ip address flush dev "$nic"
    fi
    if [ "$carrier" = 1 ]; then
      echo "guest: $mac carrier"
      if [ -e "/run/$nic.fixed" ]; then
        interface=$nic ip=$(cat "/run/$nic.fixed") mask=24 /dhcp-event bound &
      else
        udhcpc -f -i "$nic" -t 100 -T 1 -A 1 -s /dhcp-event >/dev/null 2>&1 &
      fi
      echo $! >"/run/$nic.pid"
    fi
  done
  # Each look takes a host processor some milliseconds, and there may be ten guests.
  sleep 0.5
done
