package analytics

import (
	"fmt"

	"clientele/analytics/ledger"
)

// fewUnjoined is the share of rows without a partner in a joined file that goes without a
// warning: what is damaged in an export that can still be believed, as with malformed.
const fewUnjoined = 0.01

// joinWarnings say where many rows have no partner in a joined file.
func joinWarnings(a ledger.Account) []string {
	var w []string
	for i, joins := range a.Joins {
		for k, j := range joins {
			keyed := j.Found.Rows + j.NoPartner.Rows
			switch {
			case float64(j.NoPartner.Rows) > fewUnjoined*float64(keyed):
				w = append(w, fmt.Sprintf("sources.%d.join.%d: for %s of %d, with %s in all, %s has no row of the same %s; its columns are empty there. Check that the files are of the same time and that both write the key alike",
					i, k, rowsInWords(j.NoPartner.Rows), keyed, j.NoPartner.Money, j.Path, j.Key))
			case keyed == 0 && j.NoKey.Rows > 0:
				w = append(w, fmt.Sprintf("sources.%d.join.%d: no row has a %s, so that nothing of %s is joined; check sources.%d.join.%d.on", i, k, j.Key, j.Path, i, k))
			}
		}
	}
	return w
}
