package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"clientele/benchmarks/process"
)

//go:embed peers
var scripts embed.FS

// program is something that fits and scores: this program itself, or a peer's
// interpreter with a script.
type program struct {
	name string
	argv []string
	fits []string // models
	// scores are those of the models that it scores too.
	scores []string
	// slow lists the models whose fit is not worth waiting for at every size;
	// see options.peerLimit.
	slow []string
}

// clientele is this program.
func clientele(models []string) (program, error) {
	self, err := os.Executable()
	return program{name: "clientele", argv: []string{self}, fits: models, scores: models}, err
}

// lifetimes is the Python package, run by an interpreter that has it.
func lifetimes(ctx context.Context, python, dir string) (program, error) {
	p := program{
		argv:   []string{python},
		fits:   []string{"bg-nbd", "mbg-nbd", "pareto-nbd", "bg-bb", gammaGamma},
		scores: []string{"bg-nbd", "mbg-nbd", "pareto-nbd", "bg-bb"},
		slow:   []string{"pareto-nbd", "bg-bb"},
	}
	err := p.install(ctx, "lifetimes.py", dir)
	if err != nil {
		err = fmt.Errorf("%w; name a Python that has lifetimes with --python, or none (--python '') to do without it", err)
	}
	return p, err
}

// clvTools is the R package. Its prediction takes its own fit alone, with
// purchases ahead of it, and not the parameters that the others score with.
func clvTools(ctx context.Context, rscript, dir string) (program, error) {
	models := []string{"pareto-nbd", "bg-nbd", gammaGamma}
	p := program{argv: []string{rscript}, fits: models, slow: models}
	return p, p.install(ctx, "clvtools.R", dir)
}

// install puts a peer's script into a folder and asks it for the program's name
// and version, which fails where its package is missing.
func (p *program) install(ctx context.Context, script, dir string) error {
	text, err := scripts.ReadFile("peers/" + script)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, script)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return err
	}
	p.argv = append(p.argv, path)
	_, err = p.run(ctx, &p.name, "version")
	return err
}

// run runs a command of the program, reads the JSON that it prints into what
// result points to, and gives what the kernel accounts to the whole process.
func (p program) run(ctx context.Context, result any, args ...string) (process.Usage, error) {
	cmd := exec.CommandContext(ctx, p.argv[0], slices.Concat(p.argv[1:], args)...)
	var out bytes.Buffer
	cmd.Stdout = &out
	usage, err := process.Run(cmd)
	if err != nil {
		return usage, err
	}
	if err := json.Unmarshal(out.Bytes(), result); err != nil {
		return usage, fmt.Errorf("%v: %w: it printed %q", cmd.Args, err, out.Bytes())
	}
	return usage, nil
}

// question is what a program is asked to score a table with.
func question(model string) (string, error) {
	s, err := newScorer(model)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{
		"purchases": populations[model].params,
		"spend":     map[string]float64{"p": s.spend.P, "q": s.spend.Q, "gamma": s.spend.Gamma},
		"horizon":   s.horizon,
	})
	return string(text), err
}
