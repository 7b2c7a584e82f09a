package tier

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"clientele/internal/calendar"
)

// changeID is the id of a change; see [Change].
func (r *replay) changeID(c *Change) string {
	b := append(append(r.scratch[:0], r.Name...), 0)
	b = append(append(b, c.ID...), 0)
	b = append(calendar.Append(b, c.Effective), 0)
	b = append(append(b, c.Op...), 0)
	b = append(append(b, c.From...), 0)
	b = append(append(b, c.To...), 0)
	r.scratch = b
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// reason sets the reason and the threshold that decided.
func (c *Change) reason(d decision) {
	c.Reason, c.Metric, c.Threshold = d.why, d.metric, d.threshold
}

// sortChanges puts changes into the order in which they apply.
func sortChanges(changes []Change) {
	slices.SortFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Effective, b.Effective), cmp.Compare(a.ID, b.ID))
	})
}
