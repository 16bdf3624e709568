// What a process may not have: threads and memory that it has not asked for.

#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/profiler.hpp>
#include <xgrad/xgrad.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

using namespace xgrad;
namespace fs = std::filesystem;

namespace {

long threads_of_process() { return std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator()); }

std::size_t address_space() {
  std::ifstream file("/proc/self/statm");
  std::size_t pages = 0;
  file >> pages;
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// True when no thread but this one runs or is about to: those that OpenBLAS starts when it is loaded take memory
/// first.
bool other_threads_sleep() {
  const fs::directory_iterator tasks("/proc/self/task");
  return std::all_of(begin(tasks), end(tasks), [](const auto& task) {
    std::ifstream file(task.path() / "stat");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return task.path().filename() == std::to_string(getpid()) || text.find(") S ") != std::string::npos;
  });
}

/// From now on the process cannot have so much more than it has.
void allow_more(std::size_t bytes) {
  const rlimit limit{address_space() + bytes, RLIM_INFINITY};
  if (setrlimit(RLIMIT_AS, &limit) != 0) std::cerr << "the address space cannot be limited\n";
}

bool require(bool condition, const std::string& what) {
  if (!condition) std::cerr << what << '\n';
  return condition;
}

/// A trace of a million events is some 150 MB of text.
bool writes_a_long_trace() {
  const auto file = fs::temp_directory_path() / ("xgrad-trace-" + std::to_string(getpid()));
  const auto x = input({}, "x");
  auto function = compile({x}, {exp(x)});
  std::vector<Array> outputs(1);
  const Array argument(1.0f);
  const std::vector<ArrayRef> arguments{argument};
  Profiler profiler;
  for (int call = 0; call < 1'000'000; ++call) function.run(arguments, outputs);
  profiler.write_trace(file);
  const auto bytes = fs::file_size(file);
  fs::remove(file);
  return require(bytes > 80'000'000, "the trace has " + std::to_string(bytes) + " bytes");
}

}  // namespace

int main() {
  const auto threads = threads_of_process();
  set_threads(1);
  for (int tries = 0; !other_threads_sleep(); ++tries) {
    if (!require(tries < 10'000, "other threads do not come to rest")) return 1;
    usleep(1000);
  }
  allow_more(100'000'000);
  return writes_a_long_trace() && require(threads_of_process() == threads, "a thread was started") ? 0 : 1;
}
