// Holds all results to the digests in a file:   bits FILE [--write]
// Shows every number that goes into one of them, to compare two machines:   bits FILE --show NAME
#include "digest.hpp"
#include "results.hpp"
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace xgrad;
using namespace xgrad::test;

namespace {

#if defined(__FMA__) || defined(__aarch64__)
constexpr bool has_fma = true;
#else
constexpr bool has_fma = false;
#endif

constexpr std::size_t digest_length = 64;

/// SHA-256 by name. A line of the file is a digest, a blank and a name.
using Digests = std::map<std::string, std::string>;

Digests compute() {
  Digests digests;
  for (const auto& results : all_results()) {
    Digest digest;
    results.compute([&](std::string_view, const Array& array) { digest.add(array); });
    digests[results.name] = digest.text();
  }
  return digests;
}

Digests read(const std::string& path) {
  Digests digests;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.size() > digest_length && line[0] != '#')
      digests[line.substr(digest_length + 1)] = line.substr(0, digest_length);
  }
  return digests;
}

bool write(const std::string& path, const Digests& digests) {
  std::ofstream file(path);
  file << "# The SHA-256 of what every operator and some models compute, on every processor with fused multiply-add.\n";
  for (const auto& [name, digest] : digests) file << digest << ' ' << name << '\n';
  return static_cast<bool>(file.flush());
}

int compare(const std::string& path) {
  const Digests expected = read(path);
  const Digests received = compute();
  std::size_t breaches = 0;
  const auto report = [&](const std::string& name, const char* what) {
    std::cerr << "bits: " << name << ": " << what << '\n';
    ++breaches;
  };
  for (const auto& [name, digest] : received) {
    const auto known = expected.find(name);
    if (known == expected.end()) {
      report(name, "has no digest yet");
    } else if (known->second != digest) {
      report(name, "other bits than its digest");
    }
  }
  for (const auto& [name, digest] : expected) {
    if (!received.contains(name)) report(name, "has a digest, but is gone");
  }
  if (breaches == 0) return 0;
  std::cerr << "bits: " << breaches << " of " << received.size() << " digests in " << path
            << " differ. Who changes bits on purpose writes them anew, in the same commit, with\n  "
            << XGRAD_WRITE_DIGESTS
            << "\nand who does not compares the numbers with those of a build where they were right, which this "
               "prints:\n  bits "
            << path << " --show NAME\n";
  return 1;
}

int show(const std::string& name) {
  for (const auto& results : all_results()) {
    if (results.name != name) continue;
    results.compute([](std::string_view what, const Array& array) {
      std::cout << what << ": " << to_string(array.dtype()) << ' ' << to_string(array.shape()) << '\n';
      const Array numbers = with_one_nan(array).cast(DType::float64);
      for (const double number : numbers.data<double>()) std::printf("%a\n", number);
      std::fflush(stdout);
    });
    return 0;
  }
  std::cerr << "bits: there are no results named " << name << '\n';
  return 2;
}

}  // namespace

int main(int count, char** values) try {
  const std::vector<std::string> arguments(values + 1, values + count);
  if (arguments.size() == 3 && arguments[1] == "--show") return show(arguments[2]);
  const bool writes = arguments.size() == 2 && arguments[1] == "--write";
  if (arguments.size() != 1 && !writes) {
    std::cerr << "bits: expected FILE [--write | --show NAME]\n";
    return 2;
  }
  if (!has_fma) {
    std::cout << "bits: this build has no fused multiply-add, so its bits are its own: nothing to compare\n";
    return writes ? 2 : 0;
  }
  return writes ? (write(arguments[0], compute()) ? 0 : 1) : compare(arguments[0]);
} catch (const std::exception& error) {
  std::cerr << "bits: " << error.what() << '\n';
  return 1;
}
