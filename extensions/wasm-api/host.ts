// What Shopify offers a Function, under its own names. Prettier does not know decorators of functions and leaves this file out.

@external("shopify_function_v2", "shopify_function_input_get")
export declare function input_get(): u64;

@external("shopify_function_v2", "shopify_function_input_get_val_len")
export declare function input_get_val_len(value: u64): i32;

@external("shopify_function_v2", "shopify_function_input_read_utf8_str")
export declare function input_read_utf8_str(source: i32, at: usize, length: i32): void;

@external("shopify_function_v2", "shopify_function_input_get_obj_prop")
export declare function input_get_obj_prop(value: u64, name: usize, length: i32): u64;

@external("shopify_function_v2", "shopify_function_input_get_interned_obj_prop")
export declare function input_get_interned_obj_prop(value: u64, name: i32): u64;

@external("shopify_function_v2", "shopify_function_input_get_at_index")
export declare function input_get_at_index(value: u64, index: i32): u64;

@external("shopify_function_v2", "shopify_function_intern_utf8_str")
export declare function intern_utf8_str(text: usize, length: i32): i32;

@external("shopify_function_v2", "shopify_function_log_new_utf8_str")
export declare function log_new_utf8_str(text: usize, length: i32): void;

@external("shopify_function_v2", "shopify_function_output_new_bool")
export declare function output_new_bool(value: i32): i32;

@external("shopify_function_v2", "shopify_function_output_new_null")
export declare function output_new_null(): i32;

@external("shopify_function_v2", "shopify_function_output_new_utf8_str")
export declare function output_new_utf8_str(text: usize, length: i32): i32;

@external("shopify_function_v2", "shopify_function_output_new_interned_utf8_str")
export declare function output_new_interned_utf8_str(name: i32): i32;

@external("shopify_function_v2", "shopify_function_output_new_object")
export declare function output_new_object(properties: i32): i32;

@external("shopify_function_v2", "shopify_function_output_finish_object")
export declare function output_finish_object(): i32;

@external("shopify_function_v2", "shopify_function_output_new_array")
export declare function output_new_array(items: i32): i32;

@external("shopify_function_v2", "shopify_function_output_finish_array")
export declare function output_finish_array(): i32;
