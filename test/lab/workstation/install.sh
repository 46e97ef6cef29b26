#!/bin/sh
# Run by chroot in the new root file system: turns a minimal Debian into the workstation of the full lab.
# Arguments: the packages to install; of several with | in between, the first one that can be.
set -eu
export DEBIAN_FRONTEND=noninteractive
# Nothing is started while packages are installed.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
cat >/etc/dpkg/dpkg.cfg.d/lab <<'END'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
END
apt-get -q update
first_of() {
  for name in $(echo "$1" | tr '|' ' '); do
    if apt-get -q --simulate install --no-install-recommends "$name" >/dev/null 2>&1; then break; fi
  done
  echo "$name"
}
for choice in "$@"; do
  case $choice in *'|'*) choice=$(first_of "$choice") ;; esac
  packages="${packages-} $choice"
done
# shellcheck disable=SC2086 # names of packages, one word each
apt-get -q install -y --no-install-recommends $packages
rm -rf /var/lib/apt/lists/*

# Present for whoever tests them, but NetworkManager alone is in charge.
systemctl disable systemd-networkd.service systemd-networkd.socket systemd-resolved.service networking.service \
  firewalld.service ssh.service
rm -f /etc/netplan/*
# Of no use here, and slow to start or to stop.
systemctl mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
  fstrim.timer logrotate.timer libvirt-guests.service getty@tty1.service console-getty.service \
  systemd-pstore.service

# The person at the desk: may use libvirt, and proves to be an administrator with the own password.
useradd --create-home --shell /bin/bash --groups libvirt,sudo dev
printf 'dev:dev\nroot:root\n' | chpasswd
echo workstation >/etc/hostname
printf '127.0.0.1 localhost\n127.0.1.1 workstation\n' >/etc/hosts
# A known identity: an empty file would make every boot a first boot.
echo 7061746368626179206c616220776f72 >/etc/machine-id
# Folders of the machine that runs the lab are mounted below it, for everybody to read.
chmod 711 /root
rm -f /etc/resolv.conf
: >/etc/resolv.conf
