package job_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

func TestSourcePosition(t *testing.T) {
	j := parse(t, `name: shop
sources:
  - path: a.csv
    where: x > 0
    columns:
      customer: c
      time: t
      amount: a
      attributes:
        brand: b
`)
	source := j.Sources[0]
	for key, want := range map[string]string{
		"path":                     "conf/shop.yaml:3:11",
		"where":                    "conf/shop.yaml:4:12",
		"columns":                  "conf/shop.yaml:5:5",
		"columns.customer":         "conf/shop.yaml:6:17",
		"columns.attributes.brand": "conf/shop.yaml:10:16",
		"columns.attributes.size":  "conf/shop.yaml:9:7", // not given: the nearest above
		"columns.region":           "conf/shop.yaml:5:5",
		"returns":                  "conf/shop.yaml:3:5",
		"":                         "conf/shop.yaml:3:5",
	} {
		require.Equal(t, want, source.Position(key).String(), key)
	}
	require.Equal(t, job.Position{}, job.Source{}.Position("path"), "a source made in code has no position")
}
