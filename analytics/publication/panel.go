package publication

import (
	"encoding/json"
	"errors"
	"fmt"

	"clientele/analytics/lifecycle/outlook"
	"clientele/internal/calendar"
	"clientele/segment/lifecycle"
)

// ReadPanel reads rhythm.json: what the stages of the night were judged by; nil where a
// version of the program wrote it that judged by something else. Errors are those of
// [Publication.OpenFile].
func (p *Publication) ReadPanel() (*lifecycle.Panel, error) {
	var file struct {
		lifecycle.Panel
		Rhythm json.RawMessage `json:"rhythm"` // of such a version
	}
	if err := p.readJSON(PanelFile, &file); err != nil || file.Rhythm != nil {
		return nil, err
	}
	if err := errors.Join(file.Validate(), checkForecast(file.Forecast)); err != nil {
		return nil, p.Damaged(PanelFile, err)
	}
	if night := calendar.DayOf(p.Day()); file.FittedOn > night {
		return nil, p.Damaged(PanelFile, fmt.Errorf("fitted_on is %d, after the night itself, %d (days since 1970-01-01)", file.FittedOn, night))
	}
	return &file.Panel, nil
}

// checkForecast reports what nobody can be judged by.
func checkForecast(text json.RawMessage) error {
	if len(text) == 0 {
		return nil
	}
	if _, err := (outlook.Models{}).Open(text); err != nil {
		return fmt.Errorf("forecast: %w", err)
	}
	return nil
}
