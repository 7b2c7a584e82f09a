package job_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

func TestStageFolder(t *testing.T) {
	for text, want := range map[string]string{
		"/mnt/stage":                 "/mnt/stage",
		"file:/mnt/stage":            "/mnt/stage",
		"file:///mnt/stage/":         "/mnt/stage",
		"file://localhost/mnt/stage": "/mnt/stage",
		"/mnt/a:b":                   "/mnt/a:b",
		"file:///mnt/our run":        "/mnt/our run",
	} {
		require.Equal(t, want, job.Engine{Spark: "sc://host", Stage: text}.StageFolder())
	}
}
