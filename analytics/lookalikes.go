package analytics

import (
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/persons"
)

// lookAlikeWarnings say that ids differ only in how they are written, and which rules would
// make them one. They name no id.
func lookAlikeWarnings(j *job.Job, ids []string) []string {
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
	return []string{fmt.Sprintf("identity: %d ids differ from another only in how they are written, and would be %d %s; if that is so, write identity: {normalise: [%s]}",
		alike.IDs, alike.Customers, isOrAre(alike.Customers, "customer", "customers"), strings.Join(rules, ", "))}
}
