package tiers

import (
	"encoding/json"
	"errors"
	"fmt"

	"clientele/internal/calendar"
	"clientele/segment/tier"
)

// change is a change of tier as the state has it: days as 2026-11-25, left out
// where there is none.
type change struct {
	Day    string `json:"day"`
	Tier   string `json:"tier,omitempty"`
	Since  string `json:"since,omitempty"`
	Until  string `json:"until,omitempty"`
	Anchor string `json:"anchor,omitempty"`
	Grace  string `json:"grace,omitempty"`
}

// reversibleText writes a customer's changes; empty where there are none.
func reversibleText(rests []tier.Reversible) string {
	if len(rests) == 0 {
		return ""
	}
	day := func(day int32) string {
		if day == calendar.NoDay {
			return ""
		}
		return calendar.Format(day)
	}
	out := make([]change, len(rests))
	for k, r := range rests {
		out[k] = change{day(r.Day), r.Tier, day(r.Since), day(r.Until), day(r.Anchor), day(r.Grace)}
	}
	text, err := json.Marshal(out)
	if err != nil {
		panic("tiers: changes of tiers that cannot be written: " + err.Error())
	}
	return string(text)
}

// readReversible reads what reversibleText wrote.
func readReversible(text string) ([]tier.Reversible, error) {
	if text == "" {
		return nil, nil
	}
	var list []change
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil, errors.New("it is no list of changes")
	}
	out := make([]tier.Reversible, len(list))
	for k, r := range list {
		out[k].Tier = r.Tier
		for _, field := range []struct {
			text string
			into *int32
		}{{r.Day, &out[k].Day}, {r.Since, &out[k].Since}, {r.Until, &out[k].Until}, {r.Anchor, &out[k].Anchor}, {r.Grace, &out[k].Grace}} {
			*field.into = calendar.NoDay
			if field.text == "" {
				continue
			}
			day, err := calendar.Parse(field.text)
			if err != nil {
				return nil, fmt.Errorf("change %d has a day that is none", k+1)
			}
			*field.into = day
		}
		if out[k].Day == calendar.NoDay || out[k].Tier != "" && (out[k].Since == calendar.NoDay || out[k].Until == calendar.NoDay || out[k].Anchor == calendar.NoDay) {
			return nil, fmt.Errorf("change %d has a day less than it should", k+1)
		}
	}
	return out, nil
}
