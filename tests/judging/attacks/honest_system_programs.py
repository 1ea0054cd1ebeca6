"""Uses what a lesson may use of the system: programs, threads, pools, queues, files, asyncio."""

ANSWERS = {
    "total": """
import asyncio, multiprocessing, os, shutil, subprocess, tempfile, threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

def total(xs):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "numbers")
        with open(path, "w") as file:
            file.write("\\n".join(map(repr, xs)))
        shutil.copy2(path, path + ".copy")
        os.replace(path + ".copy", path)
        os.utime(path)
        os.chmod(path, 0o600)
        said = subprocess.run(["cat", path], capture_output=True, text=True).stdout
        listed = subprocess.run("ls | sort | head -1", cwd=folder, shell=True, capture_output=True)
    assert listed.stdout == b"numbers\\n", listed
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    process = context.Process(target=queue.put, args=(sum(xs),))
    process.start()
    apart = queue.get()
    process.join()
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(1, context) as processes:
        assert list(threads.map(abs, [-1, 2])) == list(processes.map(abs, [-1, 2])) == [1, 2]
    async def add():
        program = await asyncio.create_subprocess_exec("true")
        assert await program.wait() == 0
        return sum(xs)
    assert asyncio.run(add()) == apart
    return eval("+".join(said.split()) or "0")
"""
}
CELLS = [("total", "!echo one two\n%time sum(range(10))\nimport os\nos.nice(1)")]
LIMITS = {"timeout": 30.0}
POINTS = {"total": 2, "largest": 4}
NO_RULES = True
