package tier

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// ChangeID is the same whenever the same change is decided again: the SHA-256, in hex, of
// programme, customer, effective day as YYYY-MM-DD, op, from and to, each followed by a
// zero byte.
func (c *Change) ChangeID(programme string) string {
	var room [128]byte
	b := append(append(room[:0], programme...), 0)
	b = append(append(b, c.ID...), 0)
	b = append(calendar.Append(b, c.Effective), 0)
	b = append(append(b, c.Op...), 0)
	b = append(append(b, c.From...), 0)
	b = append(append(b, c.To...), 0)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// Reason says the reason in words.
func (c *Change) Reason(say wording.Language) string {
	return string(say.AppendRemembered(nil, c.Why))
}

// decided sets the reason and the threshold that decided.
func (c *Change) decided(d decision) {
	c.Why, c.Metric, c.Threshold = d.why, d.metric, d.threshold
}

// sortChanges puts changes into the order in which they apply.
func sortChanges(changes []Change) {
	slices.SortFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Effective, b.Effective), cmp.Compare(a.ID, b.ID))
	})
}
