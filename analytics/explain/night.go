package explain

import (
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/worth/revaluation"
	"clientele/internal/calendar"
)

// night is a publication, and what its customers can be valued again by.
type night struct {
	*publication.Publication
	day   calendar.Day
	job   *job.Job // its settings; nil: this version of the program cannot read them
	worth *revaluation.Night
}

// openNight reads what a publication is valued by.
func openNight(p *publication.Publication) (*night, error) {
	w, err := revaluation.Open(p)
	if err != nil {
		return nil, err
	}
	return &night{Publication: p, day: w.Day, job: w.Job, worth: w}, nil
}
