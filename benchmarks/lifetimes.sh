# Sets LIFETIMES_PYTHON to a Python that has lifetimes, for scripts that read this one. Unset,
# one is made in a temporary folder.
if [ -z "${LIFETIMES_PYTHON+set}" ]; then
	venv="${TMPDIR:-/tmp}/clientele-lifetimes"
	LIFETIMES_PYTHON="$venv/bin/python"
	if [ ! -e "$venv/ready" ]; then
		echo "installing lifetimes in $venv" >&2
		rm -rf "$venv"
		python3 -m venv "$venv"
		# The newest that the package, which nobody maintains any more, runs with.
		"$LIFETIMES_PYTHON" -m pip install --quiet --disable-pip-version-check \
			lifetimes==0.11.3 numpy==1.26.4 pandas==2.0.3 scipy==1.11.4 autograd==1.9.1 dill==0.4.1 >&2
		touch "$venv/ready"
	fi
fi
export LIFETIMES_PYTHON
