package history

import (
	"bytes"
	"encoding/json"
	"fmt"

	"clientele/analytics/job"
)

// Tiers are the rules of an earlier night's loyalty programme.
type Tiers struct {
	names []string
	rules []byte
}

// Names are those of its tiers, lowest first.
func (t *Tiers) Names() []string { return t.names }

// SameRules tells whether a review by a job's programme is what it was. Where the
// pins lie, who is warned, how the first night began and what returns do between
// reviews changes none.
func (t *Tiers) SameRules(now *job.Tiers) bool {
	other, err := TiersOf(now)
	return err == nil && other != nil && bytes.Equal(t.rules, other.rules)
}

// TiersOf are the rules of a job's programme.
func TiersOf(t *job.Tiers) (*Tiers, error) {
	settings, err := json.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("settings.tiers: %w", err)
	}
	return readTiers(settings)
}

// readTiers reads the settings of a programme; nil where they say that it is
// off, or nothing.
func readTiers(settings json.RawMessage) (*Tiers, error) {
	if len(settings) == 0 || settings[0] != '{' {
		return nil, nil
	}
	var keys map[string]json.RawMessage
	var levels struct {
		Levels []struct {
			Name string `json:"name"`
		} `json:"levels"`
	}
	if err := json.Unmarshal(settings, &keys); err != nil {
		return nil, fmt.Errorf("settings.tiers: %w", err)
	}
	if err := json.Unmarshal(settings, &levels); err != nil {
		return nil, fmt.Errorf("settings.tiers: %w", err)
	}
	t := &Tiers{}
	for _, l := range levels.Levels {
		t.names = append(t.names, l.Name)
	}
	for _, key := range []string{"pins", "warn", "apply", "start", "returns"} {
		delete(keys, key)
	}
	var rules any
	text, err := json.Marshal(keys)
	if err == nil {
		err = json.Unmarshal(text, &rules)
	}
	if err == nil {
		t.rules, err = json.Marshal(rules) // in one way only, whatever the file's spacing
	}
	if err != nil {
		return nil, fmt.Errorf("settings.tiers: %w", err)
	}
	return t, nil
}
