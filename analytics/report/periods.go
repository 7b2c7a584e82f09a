package report

import "clientele/analytics/job"

// horizon says how far ahead value counts.
func (r *reading) horizon() string { return r.period("clv.horizon") }

// period writes a length of time of the settings, such as 36 months, for people.
func (r *reading) period(key string) string {
	var s job.Span
	switch text := r.settings[key]; {
	case r.say.Has("report.endless", text):
		return r.say.SayOf("report.endless", text)
	case s.UnmarshalText([]byte(text)) != nil:
		return text
	}
	return s.In(r.say)
}
