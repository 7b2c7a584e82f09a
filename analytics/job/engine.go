package job

import (
	"encoding/json"
	"strings"

	"clientele/internal/sparkconnect"
)

// Engine says where the SQL over the transactions runs. The zero Engine is DuckDB, in the
// process.
type Engine struct {
	Spark string // URL of a Spark Connect server; empty: DuckDB
	Stage string // folder that the cluster writes to and this machine reads from
}

// OnSpark tells whether a cluster reads the exports.
func (e Engine) OnSpark() bool { return e.Spark != "" }

const duckDB = "duckdb"

// MarshalJSON is the engine as the job file has it.
func (e Engine) MarshalJSON() ([]byte, error) {
	if !e.OnSpark() {
		return json.Marshal(duckDB)
	}
	return json.Marshal(struct {
		Spark string `json:"spark"`
		Stage string `json:"stage"`
	}{e.Spark, e.Stage})
}

// readEngine reads a word or the mapping of a cluster.
func readEngine(s *section, e *Engine) {
	v := s.value("engine")
	if v == nil || v.kind != mapping {
		var name string
		choice(s, "engine", "engine", &name, duckDB)
		return
	}
	in := s.section("engine")
	in.required("spark", "the URL of a Spark Connect server, such as sc://host:15002", &e.Spark)
	in.required("stage", "the folder that the cluster writes to and this machine reads from", &e.Stage)
	in.done()
	if e.Spark != "" {
		readSparkURL(in, e.Spark)
	}
	if scheme := url.FindString(e.Stage); e.Stage != "" && scheme != "file://" && !strings.HasPrefix(e.Stage, "/") {
		in.fail("stage", "%s is not read back in this version; want the path of a folder that the cluster and this machine share, such as /mnt/shared/stage", quoted(e.Stage))
	}
}

// readSparkURL refuses what is no URL of a server, and secrets in it: a job file is shown, and
// its settings are published.
func readSparkURL(s *section, text string) {
	target, err := sparkconnect.ParseURL(text)
	switch {
	case err != nil:
		s.fail("spark", "%v", err)
	case target.Token != "" || len(target.Headers) > 0:
		s.fail("spark", "has a token or a header, which a job file must not; set the token in the environment as CLIENTELE_SPARK_TOKEN")
	case target.SessionID != "":
		s.fail("spark", "has a session_id; each run has a session of its own")
	}
}
