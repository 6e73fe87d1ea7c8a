"""What a curious learner could try in order to see another's work. Nothing of it may succeed."""

import ast

from learner import Lost

# Run in the curious learner's kernel. Prints a list of what was found.
SNOOP = """
import glob, itertools, os, pathlib, urllib.error, urllib.request
victim, secret = {victim!r}, {secret!r}
found, refused = [], 0
for folder in ("/home/" + victim, "/home", "/root", "/var/lib/jupyterhub", "/run"):
    for path in glob.glob(folder + "/**", recursive=True, include_hidden=True):
        try:
            if os.path.isfile(path) and secret in pathlib.Path(path).read_text(errors="ignore"):
                found.append("file " + path)
        except OSError:
            pass
if os.path.exists("/home/" + victim):
    found.append("home folder")
for entry in os.listdir("/proc"):
    if entry.isdigit():
        try:
            if os.stat("/proc/" + entry).st_uid != os.getuid():
                found.append("process " + entry)
        except OSError:
            pass
listening = {{}}
for line in open("/proc/net/tcp").read().splitlines()[1:]:
    place, state, uid = line.split()[1], line.split()[3], int(line.split()[7])
    if state == "0A" and uid >= 1000 and uid != os.getuid():
        listening.setdefault(uid, []).append(int(place.split(":")[1], 16))
headers = {{"Authorization": "token " + os.environ["JUPYTERHUB_API_TOKEN"]}}
opener = urllib.request.build_opener(urllib.request.ProxyHandler({{}}))
for uid, ports in listening.items():
    if len(ports) > 1:
        found.append(f"kernel ports of user {{uid}}")
    for port, given in itertools.product(ports, ({{}}, headers)):
        address = f"http://127.0.0.1:{{port}}/user/{{victim}}/api/contents/my_work/mine.txt"
        try:
            text = opener.open(urllib.request.Request(address, headers=given), timeout=60).read()
            if secret.encode() in text:
                found.append(f"server at port {{port}}")
        except urllib.error.HTTPError:
            refused += 1
for path in ("notebooks/en/02_vectors_and_matrices.ipynb", "helpers/plots.py", "new.txt"):
    try:
        open(os.path.join("../..", path), "a").close()
        found.append("may write " + path)
    except OSError:
        pass
assert refused or not listening
print("FOUND", found)
"""


def through_the_web(curious, victim, secret):
    """Give each address of the victim's server that shows something to the curious learner."""
    for path in (
        f"/user/{victim}/api/contents/my_work/mine.txt",
        f"/user/{victim}/files/my_work/mine.txt",
        f"/user/{victim}/lab",
        f"/user/{victim}/api/sessions",
        f"/hub/api/users/{victim}",
    ):
        page = curious.get(path)
        inside = page.ok and f"/user/{victim}/" in page.url.split("?")[0]
        if secret in page.text or inside or (page.ok and "/hub/api/" in page.url):
            yield path


def from_a_kernel(curious, victim, secret):
    """Return what the curious learner's own kernel can find of the victim."""
    _, kernel = curious.open("notebooks/en/02_vectors_and_matrices.ipynb")
    code = SNOOP.format(victim=str(victim), secret=secret)
    outputs = kernel.run(code)
    kernel.close()
    printed = "".join(o.get("text", "") for o in outputs)
    if "FOUND" not in printed:
        raise Lost(f"{curious}: the attempt to look around has failed itself: {outputs}")
    return ast.literal_eval(printed.split("FOUND", 1)[1].strip())
