package analytics

import (
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/internal/wording"
)

// serviceWarnings suggest to leave out lines that look like no goods, by the patterns of the
// program and not by what the export has.
func serviceWarnings(bySource []ledger.Services) (all []wording.Message) {
	for i, found := range bySource {
		patterns := slices.Concat(found.Sure, found.Perhaps)
		if len(patterns) == 0 {
			continue
		}
		listed := make([]string, len(patterns))
		for k, p := range patterns {
			listed[k] = job.YAMLListed(p)
		}
		all = append(all, wording.Of("warning.services", "source", strconv.Itoa(i), "patterns", strings.Join(listed, ", ")))
	}
	return all
}
