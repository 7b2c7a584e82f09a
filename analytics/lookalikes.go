package analytics

import (
	"slices"
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/persons"
	"clientele/internal/wording"
)

// lookAlikeWarnings say that ids differ only in how they are written, and which rules would
// make them one. They name no id.
func lookAlikeWarnings(j *job.Job, ids []string) []wording.Message {
	stated := []persons.Rule{persons.Trim}
	if j.Identity != nil {
		stated = j.Identity.Normalise
	}
	alike := persons.LookAlikes(ids, stated)
	if alike.IDs == 0 {
		return nil
	}
	var rules []string
	for _, rule := range persons.AllRules {
		if rule == persons.Trim || slices.Contains(stated, rule) || slices.Contains(alike.Rules, rule) {
			rules = append(rules, string(rule))
		}
	}
	return []wording.Message{wording.Of("warning.look_alike", "ids", plain(alike.IDs), "customers", plain(alike.Customers),
		"setting", "identity: {normalise: ["+strings.Join(rules, ", ")+"]}")}
}
