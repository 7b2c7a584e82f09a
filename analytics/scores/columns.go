package scores

import (
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/scores/rfm"
)

// Columns are what the stage says of each customer.
func (s *Result) Columns() publication.Columns {
	columns := publication.Columns{
		column.Frequency: publication.Counts(s.Orders),
		column.Monetary:  publication.Amounts(s.Net),
		column.R:         publication.Counts(s.R),
		column.F:         publication.Counts(s.F),
		column.M:         publication.Counts(s.M),
		column.RFM:       publication.TextsAt(len(s.R), func(i int) string { return rfm.Code(s.R[i], s.F[i], s.M[i]) }),
		column.Segment:   publication.Texts(s.Segment),
	}
	if s.Combined != nil {
		columns[column.RFMScore] = publication.Numbers(s.Combined)
	}
	return columns
}

// Files are those of the stage.
func (s *Result) Files() []night.File {
	return []night.File{{Name: publication.CutPointsFile, JSON: s.Cuts}}
}
