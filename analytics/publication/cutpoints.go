package publication

import "clientele/analytics/scores/rfm"

// ReadCutPoints reads cutpoints.json: the edges behind the scores. Errors are those of
// [Publication.OpenFile].
func (p *Publication) ReadCutPoints() (*rfm.CutPoints, error) {
	var cuts rfm.CutPoints
	if err := p.readJSON(CutPointsFile, &cuts); err != nil {
		return nil, err
	}
	if err := cuts.Validate(); err != nil {
		return nil, p.Damaged(CutPointsFile, err)
	}
	return &cuts, nil
}
