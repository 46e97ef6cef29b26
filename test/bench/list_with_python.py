# The peer of the listing bench: the same facts as electron/world reads, through python3-libvirt.
# Usage: list_with_python.py URI RUNS. Prints one line with the milliseconds of each run.
import sys
import time

import libvirt

uri, runs = sys.argv[1], int(sys.argv[2])


def listing():
    connection = libvirt.open(uri)
    machines = [
        (domain.name(), domain.UUIDString(), domain.state(), domain.isPersistent(), domain.autostart(), domain.XMLDesc())
        for domain in connection.listAllDomains()
    ]
    networks = [
        (network.name(), network.UUIDString(), network.isActive(), network.isPersistent(), network.autostart(), network.XMLDesc())
        for network in connection.listAllNetworks()
    ]
    connection.networkLookupByName("default").DHCPLeases()
    connection.close()
    return len(machines), len(networks)


times = []
for _ in range(runs):
    start = time.perf_counter()
    counts = listing()
    times.append((time.perf_counter() - start) * 1000)
print(*counts, *(f"{t:.2f}" for t in times))
