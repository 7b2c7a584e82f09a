package analytics

import (
	"clientele/analytics/ledger"
	"clientele/internal/wording"
)

// fewUnjoined is the share of rows without a partner in a joined file that goes without a
// warning: what is damaged in an export that can still be believed, as with malformed.
const fewUnjoined = 0.01

// joinWarnings say where many rows have no partner in a joined file.
func joinWarnings(a ledger.Account) (w []wording.Message) {
	for i, joins := range a.Joins {
		for k, j := range joins {
			keyed := j.Found.Rows + j.NoPartner.Rows
			switch {
			case float64(j.NoPartner.Rows) > fewUnjoined*float64(keyed):
				w = append(w, wording.Of("warning.unjoined", "source", i, "join", k, "rows", rowsInWords(j.NoPartner.Rows), "keyed", plain(keyed),
					"money", j.NoPartner.Money, "path", j.Path, "key", j.Key))
			case keyed == 0 && j.NoKey.Rows > 0:
				w = append(w, wording.Of("warning.no_join_key", "source", i, "join", k, "key", j.Key, "path", j.Path))
			}
		}
	}
	return w
}
