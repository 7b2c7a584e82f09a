package job

import "slices"

// mostMoney bounds costs: what no export can hold, no customer costs; sums of it would
// overflow.
const mostMoney = 1e9

// readAcquisition reads what winning a customer costs.
func readAcquisition(costs *section, out *Acquisition, sources []Source) {
	const key = "acquisition"
	v := costs.value(key)
	if v == nil || v.kind == scalar {
		costs.number(key, &out.Each, atLeast(0).atMost(mostMoney))
		return
	}
	in := newSection(costs.reader, costs.key(key), v, v.at, "a number; want a mapping with channels and default, or with spend")
	hasDefault := in.number("default", &out.Each, atLeast(0).atMost(mostMoney))
	readChannelCosts(in, out, sources)
	if out.Channels != nil && !hasDefault && in.value("default") == nil {
		in.missing("default", "what winning a customer by any other channel costs, such as 8")
	}
	in.text("spend", &out.Spend)
	refuseURL(in, "spend", out.Spend)
	if out.Spend != "" && (hasDefault || out.Channels != nil) {
		in.fail("spend", "says what winning customers costs, as channels and default do; keep one")
	}
	in.done()
}

// readChannelCosts reads what winning a customer costs by channel.
func readChannelCosts(in *section, out *Acquisition, sources []Source) {
	channels := in.section("channels")
	if channels.node == nil {
		return
	}
	out.Channels = map[string]float64{}
	for _, e := range channels.node.entries {
		var cost float64
		if channels.value(e.key) == nil {
			channels.missing(e.key, "what winning a customer by the channel costs, such as 8")
		}
		channels.number(e.key, &cost, atLeast(0).atMost(mostMoney))
		out.Channels[e.key] = cost
	}
	switch {
	case len(out.Channels) == 0:
		in.fail("channels", "the mapping is empty; want costs by channel such as {web: 12}")
	case !mapsChannel(sources):
		in.fail("channels", "no source maps a channel; map one (sources.0.columns.channel), or give one number for all customers")
	}
}

// mapsChannel tells whether a source says by which channel its orders came.
func mapsChannel(sources []Source) bool {
	return slices.ContainsFunc(sources, func(s Source) bool { return s.Columns.Channel != "" })
}
