package analytics

import (
	"fmt"
	"slices"
	"strings"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// serviceWarnings suggest to leave out lines that look like no goods, by the patterns of the
// program and not by what the export has.
func serviceWarnings(bySource []ledger.Services) (all []string) {
	for i, found := range bySource {
		patterns := slices.Concat(found.Sure, found.Perhaps)
		if len(patterns) == 0 {
			continue
		}
		listed := make([]string, len(patterns))
		for k, p := range patterns {
			listed[k] = job.YAMLListed(p)
		}
		all = append(all, fmt.Sprintf("sources.%d: some products look like postage, fees, vouchers or corrections; if they are no goods, write exclude_products: [%s]", i, strings.Join(listed, ", ")))
	}
	return all
}
