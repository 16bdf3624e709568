#include <xgrad/framework/io/atomic_write.hpp>
#include <xgrad/framework/io/sha256.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/models/mnist/results.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include <span>

namespace mnist {
namespace {

std::int64_t peak_resident_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return std::int64_t{usage.ru_maxrss} * 1024;
}

nlohmann::ordered_json epochs_json(const xgrad::History& history) {
  auto epochs = nlohmann::ordered_json::array();
  for (std::size_t index = 0; index < history.epoch.size(); ++index) {
    nlohmann::ordered_json epoch;
    for (const auto* name : {"loss", "acc", "val_loss", "val_acc"}) {
      if (history.history.contains(name)) epoch[name] = history.history[name][index];
    }
    epoch["seconds"] = history.seconds[index];
    epochs.push_back(std::move(epoch));
  }
  return epochs;
}

}  // namespace

std::string weights_sha256(const std::vector<xgrad::Tensor>& weights) {
  xgrad::Sha256 hash;
  for (const auto& weight : weights) hash.update(weight.value().bytes());
  return hash.hex_digest();
}

std::string last_line(const Results& results) {
  const auto [loss, accuracy] = results.test;
  return fmt::format("test loss: {:.4f} - test acc: {:.4f}{}", loss, accuracy,
                     results.is_real ? "" : " (synthetic digits, not MNIST)");
}

void write_json(const std::filesystem::path& path, const Results& results, const Options& options) {
  const auto [loss, accuracy] = results.test;
  const nlohmann::ordered_json json{
      {"data", results.is_real ? "mnist" : "synthetic"},
      {"history", epochs_json(results.history)},
      {"test_loss", loss},
      {"test_acc", accuracy},
      {"weights_sha256", results.weights_sha256},
      {"peak_rss_bytes", peak_resident_bytes()},
      {"threads", xgrad::threads()},
      {"seed", options.seed},
  };
  const auto text = json.dump(2) + "\n";
  xgrad::write_atomically(path, {std::as_bytes(std::span(text))});
}

}  // namespace mnist
