package job

import "clientele/segment/quality"

// readQuality reads the limits by which groups are judged.
func readQuality(s *section, out *quality.Rules) {
	in := s.section("quality")
	in.whole("customers", &out.Customers, atLeast(1).atMost(most))
	in.number("reachable", &out.Reachable, positive().atMost(1))
	in.done()
}
