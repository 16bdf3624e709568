#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <mutex>

namespace xgrad {
namespace {

struct Registry {
  std::mutex mutex;
  std::map<std::string, RegisteredOperator> operators;
  std::map<std::string, OperatorSamples> waiting;  // for an operator that is yet to be registered
};

Registry& registry() {
  static Registry instance;
  return instance;
}

bool is_given(const auto& function) { return static_cast<bool>(function); }
bool is_given(const std::vector<SpecialPoint>& points) { return !points.empty(); }
bool is_given(const Tolerance& tolerance) { return !tolerance.reason.empty(); }

template <class Field>
void add(std::string_view name, std::string_view what, Field& field, Field& added) {
  if (!is_given(added)) return;
  if (is_given(field)) {
    throw ValueError(fmt::format("RegisterSamples: operator '{}' has {} already; keep one of them", name, what));
  }
  field = std::move(added);
}

/// To an entry, or to what waits for one: all of it or, when something is there already, nothing.
template <class Entry>
void add_samples(std::string_view name, Entry& to, OperatorSamples added) {
  Entry entry = to;
  add(name, "samples", entry.samples, added.samples);
  add(name, "rejections", entry.rejections, added.rejections);
  add(name, "points", entry.points, added.points);
  add(name, "cases", entry.cases, added.cases);
  add(name, "a tolerance", entry.tolerance, added.tolerance);
  to = std::move(entry);
}

}  // namespace

std::vector<RegisteredOperator> registered_operators() {
  std::scoped_lock lock(registry().mutex);
  if (!registry().waiting.empty()) {
    throw ValueError(fmt::format(
        "RegisterSamples: there are samples for '{}', but no operator of that name; register it, or correct the name",
        registry().waiting.begin()->first));
  }
  std::vector<RegisteredOperator> result;
  for (const auto& [name, registered] : registry().operators) result.push_back(registered);
  return result;
}

std::vector<RegisteredOperator> user_operators() {
  const std::string_view here = std::source_location::current().file_name();
  const std::string own(here.substr(0, here.size() - std::string_view("framework/core/registry.cpp").size()));
  auto operators = registered_operators();
  std::erase_if(operators, [&](const RegisteredOperator& op) { return op.file.starts_with(own + "ops/"); });
  return operators;
}

Register::Register(OperatorEntry entry, std::source_location where) {
  std::scoped_lock lock(registry().mutex);
  const std::string name = entry.name;
  auto [found, inserted] = registry().operators.try_emplace(name, std::move(entry), where.file_name());
  if (!inserted) {
    throw ValueError(fmt::format("Register: operator '{}' of {} is already registered by {}; choose another name", name,
                                 where.file_name(), found->second.file));
  }
  if (const auto samples = registry().waiting.extract(name)) {
    add_samples(name, found->second.entry, std::move(samples.mapped()));
  }
}

RegisterSamples::RegisterSamples(const std::string& name, OperatorSamples samples) {
  std::scoped_lock lock(registry().mutex);
  const auto found = registry().operators.find(name);
  if (found != registry().operators.end()) {
    add_samples(name, found->second.entry, std::move(samples));
  } else {
    add_samples(name, registry().waiting[name], std::move(samples));
  }
}

Array sample_values(Extents shape, double low, double high, int variant) {
  Array result(DType::float64, std::move(shape));
  auto values = result.data<double>();
  // Multiples of the golden ratio modulo 1: spread evenly and never equal.
  const double golden = 0.6180339887498949;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double step = golden * static_cast<double>(i + 1) + 0.1378 * (variant + 1);
    values[i] = low + (high - low) * (step - std::floor(step));
  }
  return result;
}

OperatorEntry unary_operator(Tensor (*function)(const Tensor&), OperatorEntry entry) {
  return unary_operator(function, -2, 2, std::move(entry));
}

OperatorEntry unary_operator(Tensor (*function)(const Tensor&), double low, double high, OperatorEntry entry) {
  if (entry.signature.empty()) entry.signature = entry.name + "(x)";
  if (!entry.samples) entry.samples = [=] { return unary_samples(function, low, high); };
  if (!entry.rejections) {
    entry.rejections = [=, name = entry.name] {
      return std::vector<Rejection>{
          {"integer input", [=] { function(input({3}, {}, DType::int32)); }, name + ": expected "}};
    };
  }
  return entry;
}

std::vector<Sample> unary_samples(Tensor (*function)(const Tensor&), double low, double high) {
  std::vector<Sample> samples;
  const auto add = [&](std::string label, Extents shape) {
    samples.push_back({std::move(label), {sample_values(shape, low, high)}, [=](auto x) { return function(x[0]); }});
  };
  add("matrix", {2, 3});
  add("scalar", {});
  add("one element", {1});
  add("no elements", {0, 3});
  return samples;
}

std::vector<Sample> binary_samples(Tensor (*function)(const Tensor&, const Tensor&), double low, double high) {
  std::vector<Sample> samples;
  const auto add = [&](std::string label, Extents left, Extents right) {
    samples.push_back({std::move(label),
                       {sample_values(left, low, high), sample_values(right, low, high, 1)},
                       [=](auto x) { return function(x[0], x[1]); }});
  };
  add("matrices", {2, 3}, {2, 3});
  add("row repeated", {2, 3}, {3});
  add("column and row", {2, 1}, {3});
  add("scalar left", {}, {2, 3});
  add("scalars", {}, {});
  add("one element", {1}, {1});
  add("no elements", {0, 3}, {3});
  return samples;
}

Array special_array(std::vector<double> elements) {
  const Extents shape{std::ssize(elements)};
  return special_array(std::move(elements), shape);
}

Array special_array(std::vector<double> elements, Extents shape) {
  Array result(DType::float64, std::move(shape));
  std::copy_n(elements.begin(), result.size(), result.data<double>().begin());
  return result;
}

OperatorSamples with_cases(OperatorSamples samples, std::function<std::vector<SpecialCase>()> cases) {
  samples.cases = std::move(cases);
  return samples;
}

std::vector<Sample> reduction_samples(Tensor (*function)(const Tensor&, const Axes&, bool)) {
  std::vector<Sample> samples;
  const auto add = [&](std::string label, Extents shape, std::vector<std::int64_t> axes, bool keepdims) {
    std::map<std::string, std::vector<double>> arguments{{"keepdims", {keepdims ? 1.0 : 0.0}}};
    if (!axes.empty()) arguments["axes"] = {axes.begin(), axes.end()};
    const Axes over = axes.empty() ? Axes() : Axes(std::move(axes));
    samples.push_back({std::move(label),
                       {sample_values(shape)},
                       [=](auto x) { return function(x[0], over, keepdims); },
                       std::move(arguments)});
  };
  add("all axes", {2, 3}, {}, false);
  add("all axes, keepdims", {2, 3}, {}, true);
  add("axis 0", {3, 4}, {0}, false);
  add("axis 1", {3, 4}, {1}, false);
  add("axis -1, keepdims", {3, 4}, {-1}, true);
  add("axes 0 and 2", {2, 3, 4}, {0, 2}, false);
  add("axes 1 and 2, keepdims", {2, 3, 4}, {1, 2}, true);
  add("long axis", {2, 37}, {1}, false);
  add("scalar", {}, {}, false);
  add("one element", {1}, {0}, false);
  add("no rows", {0, 3}, {1}, false);
  return samples;
}

std::vector<Rejection> reduction_rejections(std::string name, Tensor (*function)(const Tensor&, const Axes&, bool)) {
  return {
      {"an axis that does not exist",
       [=] {
         function(input({2, 3}), 2, false);
       },
       name + ": axis 2 does not exist"},
      {"an axis named twice",
       [=] {
         function(input({2, 3}), {0, -2}, false);
       },
       name + ": axis 0 is named twice"},
  };
}

std::vector<Rejection> binary_rejections(std::string name, Tensor (*function)(const Tensor&, const Tensor&)) {
  return {
      {"shapes that do not broadcast",
       [=] {
         function(input({2, 3}), input({4}));
       },
       name + ": shapes (2, 3) and (4,) do not broadcast"},
      {"a symbol against a number",
       [=] {
         function(input({batch, 3}), input({5, 3}));
       },
       name + ": shapes (batch, 3) and (5, 3) do not broadcast"},
      {"mixed dtypes", [=] { function(input({3}), input({3}, {}, DType::float64)); },
       name + ": expected inputs of one dtype, but got float32 and float64"},
  };
}

std::vector<Rejection> floating_rejections(std::string name, Tensor (*function)(const Tensor&)) {
  return {{"integer input", [=] { function(input({3}, {}, DType::int32)); },
           name + ": expected one of float32, float64, but got int32"}};
}

}  // namespace xgrad
