package job

// readRates reads where the rates of currencies are.
func readRates(s *section, j *Job) {
	s.text("rates", &j.Rates)
	refuseURL(s, "rates", j.Rates)
	if j.Rates != "" && j.Currency == "" {
		s.fail("rates", "are in the currency of the job, which is not stated; write currency: EUR, or whichever it is")
	}
}
