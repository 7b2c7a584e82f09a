package job

// Guard is a job's safety valve: a night that leaves its limits publishes
// nothing. The zero value of a limit is no limit.
type Guard struct {
	// Downgrades is the share of the members of last night's tiers who may fall
	// in one night.
	Downgrades float64 `json:"downgrades,omitempty"`
	// Customers is by how much of last night's number the list may grow or
	// shrink, and Tiers the same for the members of each tier.
	Customers float64 `json:"customers,omitempty"`
	Tiers     float64 `json:"tiers,omitempty"`
	// Rows is by how much of last night's number the rows read may fall.
	Rows float64 `json:"rows,omitempty"`
	// Age is how old the newest transaction may be, counted back from as_of.
	Age *Span `json:"age,omitempty"`
}

// readGuard reads the safety valve; nil is off.
func readGuard(s *section) *Guard {
	v := s.value("guard")
	if v == nil || v.isOff() {
		return nil
	}
	in := newSection(s.reader, s.key("guard"), v, s.where("guard"), "a mapping (or off)")
	out := &Guard{}
	const tenfold = 10
	in.number("downgrades", &out.Downgrades, positive().atMost(1))
	in.number("customers", &out.Customers, positive().atMost(tenfold))
	in.number("tiers", &out.Tiers, positive().atMost(tenfold))
	in.number("rows", &out.Rows, positive().atMost(1))
	if in.value("age") != nil {
		out.Age = &Span{}
		in.span("age", out.Age)
	}
	in.done()
	if *out == (Guard{}) && !in.broken {
		in.report(in.at, in.path, "no limit is given; want some of downgrades, customers, tiers, rows and age, or off")
	}
	return out
}
