#include "results.hpp"

#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include "batch_graph.hpp"
#include "models.hpp"
#include "sample_graph.hpp"
#include "sizes.hpp"
#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace xgrad::test {
namespace {

// Operators that call LAPACK, which chooses its kernels by processor: their bits are those of one machine.
constexpr std::string_view machine_bound[] = {"cholesky", "det", "eigh",    "inv",   "matrix_norm", "matrix_power",
                                              "pinv",     "qr",  "slogdet", "solve", "svd",         "svdvals"};

bool is_machine_bound(std::string_view name) {
  return std::find(std::begin(machine_bound), std::end(machine_bound), name) != std::end(machine_bound);
}

// Three blocks of rows and a few more.
constexpr std::int64_t batch_size = 197;

void run(const std::vector<Tensor>& inputs, const std::vector<Tensor>& outputs, const std::vector<Array>& arguments,
         const std::string& label, const Sink& sink) {
  const std::vector<ArrayRef> references(arguments.begin(), arguments.end());
  const auto arrays = compile(inputs, outputs)(references);
  sink(label + ", value", arrays[0]);
  for (std::size_t i = 1; i < arrays.size(); ++i) sink(label + ", gradient " + std::to_string(i - 1), arrays[i]);
}

void run(const Sample& sample, const std::string& label, const Sink& sink) {
  for (const auto dtype : dtypes_of(sample)) {
    const auto graph = graph_of(sample, dtype);
    run(graph.inputs, graph.outputs, graph.arguments, label + ", " + std::string(to_string(dtype)), sink);
  }
}

void run_operator(const OperatorEntry& entry, const Sink& sink) {
  const auto samples = entry.samples();
  for (const auto& sample : samples) {
    const auto label = "sample '" + sample.label + "'";
    run(sample, label, sink);
    for (const auto dtype : dtypes_of(sample)) {
      const auto graph = batch_graph_of(sample, dtype);
      if (!graph) continue;
      run(graph->inputs, graph->outputs, graph->arguments(0, batch_size),
          label + " as a batch, " + std::string(to_string(dtype)), sink);
    }
  }
  if (const auto many = with_many_elements(samples[0])) run(*many, "many elements", sink);
}

void run_model(const Model& model, const Sink& sink) {
  train(model);
  for (std::size_t i = 0; i < model.weights.size(); ++i) sink("weight " + std::to_string(i), model.weights[i].value());
  sink("predictions", compile({model.x}, {model.output})(samples_of(model, 1000, 37))[0]);
}

}  // namespace

std::vector<Results> all_results() {
  std::vector<Results> all;
  for (const auto& registered : registered_operators()) {
    if (is_machine_bound(registered.entry.name)) continue;
    all.push_back({registered.entry.name, [entry = registered.entry](const Sink& sink) { run_operator(entry, sink); }});
  }
  for (const auto& sized : sized_samples()) {
    all.push_back({sized.name, [sample = sized.sample](const Sink& sink) { run(sample, "sample", sink); }});
  }
  for (const auto& model : models()) {
    all.push_back({"model: " + model.name, [model](const Sink& sink) { run_model(model, sink); }});
  }
  std::sort(all.begin(), all.end(), [](const Results& left, const Results& right) { return left.name < right.name; });
  return all;
}

}  // namespace xgrad::test
