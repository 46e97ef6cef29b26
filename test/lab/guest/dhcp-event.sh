#!/bin/busybox sh
# Called by udhcpc with what happened as its argument and the lease in its environment; by init.sh for a fixed address.
ip address flush dev "$interface"
case $1 in
  bound | renew)
    ip address add "$ip/$mask" dev "$interface"
    [ -e "/run/$interface.gateway" ] && router=$(cat "/run/$interface.gateway")
    for gateway in $router; do ip route replace default via "$gateway" dev "$interface"; done
    read -r mac <"/sys/class/net/$interface/address"
    echo "guest: $mac address $ip/$mask" >/dev/ttyS0
    ;;
esac
