#include <xgrad/framework/core/dtype.hpp>

namespace xgrad {

std::string_view to_string(DType dtype) {
  switch (dtype) {
    case DType::float32:
      return "float32";
    case DType::float64:
      return "float64";
    case DType::int32:
      return "int32";
    case DType::int64:
      return "int64";
    case DType::uint8:
      return "uint8";
    case DType::boolean:
      break;
  }
  return "bool";
}

std::string enumerator(DType dtype) {
  return "DType::" + std::string(dtype == DType::boolean ? "boolean" : to_string(dtype));
}

std::size_t size_of(DType dtype) {
  return visit(dtype, []<class T>() { return sizeof(T); });
}

}  // namespace xgrad
