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
	for format, write := range map[string]func(io.Writer) (int64, error){
		"parquet": list.Parquet,
		"csv":     func(w io.Writer) (int64, error) { return list.CSV(w, csvFor(n.job)) },
	} {
		if slices.Contains(n.job.Output.Formats, format) {
			all.Go(func() error { return writeTable(place, "customers."+format, write) })
		}
	}
	all.Go(func() error { return writeTable(place, publication.StateFile, t.State().Parquet) })
	return all.Wait()
}
