package pictures

import (
	"clientele/analytics/publication"
	"clientele/internal/calendar"
)

// evidenceOf reads evidence.json, once.
func (a *Album) evidenceOf(picture string) (*publication.Evidence, error) {
	if a.evidence == nil {
		e, err := a.night.ReadEvidence()
		if absent(err) {
			return nil, a.needs(picture, "evidence")
		}
		if err != nil {
			return nil, err
		}
		a.evidence = e
	}
	return a.evidence, nil
}

// testedOf reads what came of the test that chose the models.
func (a *Album) testedOf(picture string) (*publication.Tested, error) {
	e, err := a.evidenceOf(picture)
	if err != nil {
		return nil, err
	}
	if e.Tested == nil {
		return nil, &Missing{Name: picture, Needs: a.say.Say("pictures.untested", "why", e.Untested)}
	}
	return e.Tested, nil
}

// dayOf reads a day of a file.
func (a *Album) dayOf(file, text string) (calendar.Day, error) {
	d, err := calendar.Parse(text)
	if err != nil {
		return d, a.night.Damaged(file, err)
	}
	return d, nil
}
