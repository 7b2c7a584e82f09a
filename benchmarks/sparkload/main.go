package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"clientele/benchmarks/command"
	"clientele/internal/sparkconnect/sparktest"
)

func main() { command.Main(root()) }

type options struct {
	program string
	set     []string
	keep    string // where the publications stay; "": nowhere
}

func root() *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use: "sparkload JOB", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.measure(cmd.Context(), args[0], cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&o.program, "program", "bin/clientele", "the program that is measured")
	cmd.Flags().StringVar(&o.keep, "keep", "", "a folder for what both publish, to look at where they differ")
	cmd.Flags().StringArrayVar(&o.set, "set", nil, "a setting of the job, as run takes it")
	return cmd
}

func (o options) measure(ctx context.Context, job string, out io.Writer) (err error) {
	work, err := os.MkdirTemp("", "sparkload")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	published := cmp.Or(o.keep, work)
	server, stop, err := serverOf(ctx)
	if err != nil {
		return err
	}
	defer stop()
	wire, err := listen(server)
	if err != nil {
		return err
	}
	defer wire.close()
	stage := filepath.Join(work, "stage")
	if err := os.Mkdir(stage, 0o770); err != nil {
		return err
	}
	seen := watch(stage)
	begun := time.Now()
	there, err := o.run(ctx, job, filepath.Join(published, "spark"), fmt.Sprintf(`engine={spark: "%s", stage: "%s"}`, wire.url, stage))
	took := time.Since(begun)
	staged := seen.end()
	if err != nil {
		return err
	}
	report(out, there, staged, wire, took)

	begun = time.Now()
	here, err := o.run(ctx, job, filepath.Join(published, "duckdb"))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "on DuckDB       %.0f s\n", time.Since(begun).Seconds())
	same, err := compare(here.folder, there.folder)
	if err == nil {
		fmt.Fprintf(out, "published       %d files are the same byte for byte, and so are rejects but for their lines\n", same)
	}
	return err
}

// serverOf is the server of the environment, or one that is started for this.
func serverOf(ctx context.Context) (url string, stop func(), err error) {
	if url := os.Getenv("SPARKTEST_URL"); url != "" {
		return url, func() {}, nil
	}
	s, err := sparktest.Open(ctx, sparktest.Options{Workers: 2})
	if err != nil {
		return "", nil, err
	}
	return s.URL, s.Stop, nil
}

func report(out io.Writer, n night, staged []stagedRows, wire *wire, took time.Duration) {
	per := func(bytes int64, of int64) float64 { return float64(bytes) / float64(max(of, 1)) }
	fmt.Fprintf(out, "rows            %d, customers %d\n", n.rows, n.customers)
	fmt.Fprintf(out, "on Spark        %.0f s\n", took.Seconds())
	fmt.Fprintf(out, "exports         %d bytes, %.1f a row\n", n.bytes, per(n.bytes, n.rows))
	var all int64
	for _, s := range staged {
		all += s.bytes
		fmt.Fprintf(out, "staged          %-24s %12d bytes, %8.2f a row, %8.1f a customer\n", s.name, s.bytes, per(s.bytes, n.rows), per(s.bytes, n.customers))
	}
	fmt.Fprintf(out, "staged in all   %d bytes, %.1f a row, %.1f a customer\n", all, per(all, n.rows), per(all, n.customers))
	sent, received := wire.sent.Load(), wire.received.Load()
	fmt.Fprintf(out, "connection      %d bytes to the server, %d from it\n", sent, received)
}
