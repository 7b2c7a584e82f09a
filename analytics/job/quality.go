package job

// Quality is what a shop asks of its segments, tiers and stages, where the answer
// depends on the shop.
type Quality struct {
	Customers int     `json:"customers"` // a group should have at least
	Reachable float64 `json:"reachable"` // share of a group that should have a channel
}

// readQuality reads the limits by which groups are judged.
func readQuality(s *section, out *Quality) {
	in := s.section("quality")
	in.whole("customers", &out.Customers, atLeast(1).atMost(most))
	in.number("reachable", &out.Reachable, positive().atMost(1))
	in.done()
}
