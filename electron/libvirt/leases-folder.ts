/**
 * Where libvirt's dnsmasq helper keeps the leases of each virtual bridge, readable by everybody:
 * `virbr0.status` (libvirt src/network/leaseshelper.c). libvirt has no event for a lease.
 */
export const LEASES_FOLDER = '/var/lib/libvirt/dnsmasq'
