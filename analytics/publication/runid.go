package publication

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// RunIDOf names a run by what goes into it, so that the same night has the same name
// however often it is run: job, settings, exports, versions, the night before, and the
// files of pins, ids, exclusions, responses and spend.
func RunIDOf(m Manifest) (string, error) {
	h := sha256.New()
	identity := []any{m.Name, m.AsOf, m.Settings, m.Inputs, m.Versions, m.Previous}
	if m.Tiers != nil {
		identity = append(identity, m.Tiers.Pins)
	}
	if m.Identity != nil {
		identity = append(identity, m.Identity.Map)
	}
	if a := m.Activation; a != nil {
		identity = append(identity, a.Exclude)
		if a.Responses != nil {
			identity = append(identity, a.Responses.Inputs)
		}
	}
	if m.Spend != nil {
		identity = append(identity, m.Spend)
	}
	if err := json.NewEncoder(h).Encode(identity); err != nil {
		return "", fmt.Errorf("run_id: %w", err)
	}
	const bytes = 8
	return hex.EncodeToString(h.Sum(nil)[:bytes]), nil
}
