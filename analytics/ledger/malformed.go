package ledger

import (
	"fmt"

	"clientele/analytics/job"
)

// checkMalformed refuses a file with more unreadable lines than the job allows. Such a
// file is not what its header says, so that its other lines cannot be trusted either.
// Files of which only a sample was read are not checked.
func (p *Plan) checkMalformed() error {
	for _, b := range p.batches {
		if err := b.checkMalformed(); err != nil {
			return err
		}
	}
	return nil
}

// checkMalformed is checkMalformed for the files of a batch.
func (b *batch) checkMalformed() error {
	most := b.spec.Malformed
	for i, r := range b.readings {
		if r.sha256 == "" || float64(r.malformed) <= most*float64(r.rows) {
			continue
		}
		return &DataError{Path: b.files[i].path, Line: r.firstMalformed, Message: fmt.Sprintf(
			"%d of its %d rows are malformed, the first on this line, and more than %s stop the run: %s; export the file again, or set sources.%d.malformed to what you accept",
			r.malformed, r.rows, percent(most), b.malformedMeans(), b.source)}
	}
	return nil
}

// malformedMeans says what a malformed row of the batch is.
func (b *batch) malformedMeans() string {
	if b.format == job.JSON {
		if !b.files[0].layout.Lines {
			return "a row is a JSON object, and goes by its number in the list"
		}
		return "a row is one JSON object on one line"
	}
	return fmt.Sprintf("a row has the %d columns of the header and quotes that close", len(b.names()))
}

func percent(share float64) string { return fmt.Sprintf("%.4g%%", 100*share) }
