package analytics

import (
	"io"
	"slices"

	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/internal/concurrent"
)

// writeTables stages customers, in the formats that the job asks for, and the state.
func (n *night) writeTables(place *publish.Staging) error {
	t, err := n.tables()
	if err != nil {
		return err
	}
	list := t.Customers(n.ranking())
	var all concurrent.Tasks
	if slices.Contains(n.job.Output.Formats, "parquet") {
		all.Go(func() error { return writeTable(place, publication.CustomersParquet, list.Parquet) })
	}
	if slices.Contains(n.job.Output.Formats, "csv") {
		all.Go(func() error {
			return writeTable(place, publication.CustomersCSV, func(w io.Writer) (int64, error) { return list.CSV(w, csvFor(n.job)) })
		})
	}
	all.Go(func() error { return writeTable(place, publication.StateFile, t.State().Parquet) })
	return all.Wait()
}
