package segment

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// changeID is the same whenever the same step is decided again.
func (r *replay) changeID(c TierChange) string {
	b := make([]byte, 0, 160)
	for _, field := range []string{r.Name, c.ID, isoDate(c.Effective), string(c.Op), c.From, c.To} {
		b = append(append(b, field...), 0)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// reason fills in what decided the change.
func (c *TierChange) reason(d decided) {
	c.Reason, c.Metric, c.Threshold = d.words, d.metric, d.threshold
}

// sortChanges puts changes into the order in which they apply.
func sortChanges(changes []TierChange) {
	slices.SortFunc(changes, func(a, b TierChange) int {
		return cmp.Or(cmp.Compare(a.Effective, b.Effective), cmp.Compare(a.ID, b.ID))
	})
}
