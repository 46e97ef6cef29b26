import { ipRoute, type IpRoute } from '../../../electron/system/ip-json'

/**
 * A card with a lease, after the commands of test/lab/foreign.test.ts and two more, one by a nexthop object and one with two hops:
 * recorded with iproute2 6.1, without the table `local` of the JSON.
 */

/** `ip -d -j -4 route show table all` */
const json = `[
{"type":"unicast","dst":"default","gateway":"10.77.0.9","dev":"enp3s0","table":"100","protocol":"openr","scope":"global","prefsrc":"10.77.9.9","flags":[],"metrics":[{"mtu":1400}]},
{"type":"unicast","dst":"default","gateway":"10.77.0.1","dev":"enp3s0","table":"main","protocol":"dhcp","scope":"global","prefsrc":"10.77.0.123","metric":100,"flags":[]},
{"type":"unicast","dst":"10.11.0.0/16","table":"main","protocol":"boot","scope":"global","flags":[],"nexthops":[{"gateway":"10.77.0.3","dev":"enp3s0","weight":2,"flags":[]},{"gateway":"10.77.0.4","dev":"enp3s0","weight":1,"flags":[]}]},
{"type":"unicast","dst":"10.12.0.0/16","nhid":5,"gateway":"10.77.0.9","dev":"enp3s0","table":"main","protocol":"boot","scope":"global","flags":[],"nh_info":{"id":5,"gateway":"10.77.0.9","dev":"enp3s0","scope":"link","protocol":"unspec","flags":[]}},
{"type":"unicast","dst":"10.77.0.0/24","dev":"enp3s0","table":"main","protocol":"kernel","scope":"link","prefsrc":"10.77.0.123","metric":100,"flags":[]},
{"type":"unicast","dst":"10.77.0.1","dev":"enp3s0","table":"main","protocol":"static","scope":"link","metric":100,"flags":[]},
{"type":"unicast","dst":"10.77.9.0/24","dev":"enp3s0","table":"main","protocol":"kernel","scope":"link","prefsrc":"10.77.9.9","flags":[]},
{"type":"unicast","dst":"169.254.0.0/16","dev":"enp3s0","table":"main","protocol":"boot","scope":"link","metric":1000,"flags":[]},
{"type":"unicast","dst":"198.51.100.0/24","gateway":"10.77.0.9","dev":"enp3s0","table":"main","protocol":"boot","scope":"global","flags":[]},
{"type":"unicast","dst":"198.51.101.0/24","dev":"enp3s0","table":"main","protocol":"boot","scope":"global","flags":[]},
{"type":"unicast","dst":"203.0.113.7","gateway":"10.77.0.1","dev":"enp3s0","table":"main","protocol":"static","scope":"global","metric":100,"flags":[]}
]`

export const recordedRoutes = (): IpRoute[] => ipRoute.array().parse(JSON.parse(json))

/** `ip -d -4 route show table all dev enp3s0` */
export const text4 = `unicast default via 10.77.0.9 table 100 proto openr scope global src 10.77.9.9 mtu lock 1400 
unicast default via 10.77.0.1 table main proto dhcp scope global src 10.77.0.123 metric 100 
unicast 10.12.0.0/16 nhid 5 via 10.77.0.9 table main proto boot scope global 
	nh_info id 5 via 10.77.0.9 dev enp3s0 scope link proto unspec 
unicast 10.77.0.0/24 table main proto kernel scope link src 10.77.0.123 metric 100 
unicast 10.77.0.1 table main proto static scope link metric 100 
unicast 10.77.9.0/24 table main proto kernel scope link src 10.77.9.9 
unicast 169.254.0.0/16 table main proto boot scope link metric 1000 
unicast 198.51.100.0/24 via 10.77.0.9 table main proto boot scope global 
unicast 198.51.101.0/24 table main proto boot scope global 
unicast 203.0.113.7 via 10.77.0.1 table main proto static scope global metric 100 
local 10.77.0.123 table local proto kernel scope host src 10.77.0.123 
broadcast 10.77.0.255 table local proto kernel scope link src 10.77.0.123 
local 10.77.9.9 table local proto kernel scope host src 10.77.9.9 
broadcast 10.77.9.255 table local proto kernel scope link src 10.77.9.9 
`

/** `ip -d -6 route show table all dev enp3s0` */
export const text6 = `unicast 2001:db8:77::/48 via fe80::9 table main proto boot scope global metric 1024 pref medium
unicast fe80::/64 table main proto kernel scope global metric 256 pref medium
multicast ff00::/8 table local proto kernel scope global metric 256 pref medium
`
